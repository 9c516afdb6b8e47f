const map = document.getElementById('driven');
const said = document.getElementById('said');
let found = [];

document.getElementById('find').addEventListener('click', async () => {
  const { total, indices } = await map.search(document.getElementById('words').value);
  found = indices;
  said.textContent = `${total} papers`;
});

document.getElementById('first').addEventListener('click', async () => {
  if (found.length === 0) return;
  await map.select(found[0]);
  const [paper] = await map.getPapers(found[0], 1);
  await map.setView({ x: paper.x, y: paper.y, zoom: 4 });
  said.textContent = paper.title;
});

document.getElementById('all').addEventListener('click', async () => {
  await map.search('');
  await map.select(-1);
  await map.setView(null);
  said.textContent = '';
});

map.addEventListener('portolan-select', ({ detail }) => {
  said.textContent = detail < 0 ? '' : `Paper ${detail}`;
});
