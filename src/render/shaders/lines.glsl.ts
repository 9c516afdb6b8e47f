/** Vertex shader of straight lines: each is two triangles, since GL's own lines are one device pixel wide. */
export const LINES_VERT = `
precision highp float;

attribute vec4 ends;   // map units: start x, y, end x, y; beyond ABSENT = not drawn
attribute vec2 corner; // share of the way (0 or 1) and side (−1 or 1)

uniform vec2 center;      // map units
uniform vec2 clipPerUnit; // clip-space units per map unit
uniform vec2 clipPerPixel; // clip-space units per device pixel
uniform float halfWidth;  // device pixels

varying float side;  // device pixels from the line's middle
varying float along; // share of the way
varying float walked; // device pixels from the start

const float ABSENT = 1e8;

void main() {
  if (ends.x > ABSENT || ends.z > ABSENT) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec2 start = (ends.xy - center) * clipPerUnit;
  vec2 end = (ends.zw - center) * clipPerUnit;
  vec2 way = (end - start) / clipPerPixel;
  float longness = length(way);
  vec2 normal = longness > 0.0 ? vec2(-way.y, way.x) / longness : vec2(0.0);
  side = corner.y * (halfWidth + 1.0);
  along = corner.x;
  walked = corner.x * longness;
  gl_Position = vec4(mix(start, end, corner.x) + normal * side * clipPerPixel, 0.0, 1.0);
}
`;

/** Fragment shader of straight lines, antialiased across; premultiplied alpha. */
export const LINES_FRAG = `
precision highp float;

uniform vec3 color;      // sRGB 0…1
uniform vec2 opacity;    // 0…1 at the start and at the end
uniform float halfWidth; // device pixels
uniform float dash;      // device pixels of a dash and of a gap; 0 = none

varying float side;
varying float along;
varying float walked;

void main() {
  if (dash > 0.0 && mod(walked, 2.0 * dash) > dash) discard;
  float alpha = clamp(halfWidth - abs(side) + 0.5, 0.0, 1.0) * min(1.0, 2.0 * halfWidth) * mix(opacity.x, opacity.y, along);
  gl_FragColor = vec4(color, 1.0) * alpha;
}
`;
