import { transfer } from 'comlink';
import { serve } from '../worker/serve.web.ts';
import { makeTopicSession } from './topic-session.ts';
import type { TopicsApi } from './topics.api.ts';

const session = makeTopicSession();

const api: TopicsApi = {
  async find(input) {
    return session.find(input);
  },
  async name(vectors) {
    const tree = session.name(vectors);
    return transfer(tree, [tree.paths.buffer, tree.confidence.buffer, tree.nearest.buffer]);
  },
};

serve(api);
