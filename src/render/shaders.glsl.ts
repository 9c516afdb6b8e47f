/** Vertex shader of the points: one vertex for each paper. `#define GLIDE` compiles the variant that moves them. */
export const POINTS_VERT = `
precision highp float;

attribute vec2 target; // map units; beyond ABSENT = not placed
attribute vec3 color;  // red, green, blue
attribute float state; // its bits, 0…255
#ifdef GLIDE
attribute vec3 origin; // map units, and how far the paper had appeared (0…1) when the glide began
uniform float mixing;  // eased share of the glide that is done, 0…1
#endif

uniform vec2 center;        // map units
uniform vec2 clipPerUnit;   // clip-space units per map unit
uniform float layer;        // only papers of this layer are drawn; -1 = the one under the pointer, whatever its layer
uniform float pixelRatio;   // device pixels per CSS pixel
uniform float radius;       // device pixels, of a plain paper
uniform float markedRadius; // device pixels, of a highlighted one
uniform float opacity;      // 0…1, of a plain paper
uniform float maxPointSize; // device pixels: what this GPU draws at most
uniform vec3 dimColor;      // sRGB 0…1
uniform vec3 ringColor;
uniform vec3 selectedColor;
uniform vec3 hoverColor;
uniform vec3 linkColor;

varying vec3 fillColor;
varying float fillAlpha;
varying float fillRadius; // device pixels
varying vec4 ring;        // its colour; alpha 0 = no ring
varying vec2 ringSpan;    // inner and outer radius, device pixels
varying float spriteSize; // device pixels
varying float edgeWidth;  // device pixels

const float ABSENT = 1e8;

float bit(float state, float value) {
  return mod(floor(state / value), 2.0);
}

void main() {
  float presence = step(target.x, ABSENT);
  vec2 place = target;
#ifdef GLIDE
  if (origin.z <= 0.0) place = target;
  else if (presence <= 0.0) place = origin.xy;
  else place = mix(origin.xy, target, mixing);
  presence = mix(origin.z, presence, mixing);
#endif

  float hit = bit(state, 1.0);
  float dimmed = bit(state, 2.0);
  float selected = bit(state, 4.0);
  float neighbor = bit(state, 8.0);
  float own = selected > 0.0 ? 4.0 : hit > 0.0 ? 3.0 : neighbor > 0.0 ? 2.0 : dimmed > 0.0 ? 0.0 : 1.0;
  float hovered = step(layer, -0.5);

  if (presence <= 0.0 || (hovered < 0.5 && own != layer)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
    return;
  }

  fillColor = color;
  fillAlpha = opacity;
  fillRadius = radius;
  ring = vec4(0.0);
  float gap = 0.0;
  float band = 0.0;
  if (own == 0.0) {
    fillColor = mix(color, dimColor, 0.82);
    fillAlpha = opacity * 0.42;
    fillRadius = radius * 0.92;
  }
  if (own >= 2.0) {
    fillAlpha = 1.0;
    fillRadius = markedRadius;
    gap = 1.25 * pixelRatio;
    band = 1.5 * pixelRatio;
    ring = vec4(ringColor, 1.0);
  }
  if (own == 2.0) {
    ring = vec4(linkColor, 0.75);
    band = 1.0 * pixelRatio;
  }
  if (own == 4.0) {
    fillRadius = markedRadius * 1.2;
    ring = vec4(selectedColor, 1.0);
    band = 2.5 * pixelRatio;
  }
  if (hovered > 0.5) {
    fillAlpha = 1.0;
    fillRadius = max(markedRadius * 1.15, fillRadius);
    gap = 1.5 * pixelRatio;
    band = max(band, 2.0 * pixelRatio);
    if (own != 4.0) ring = vec4(hoverColor, 1.0);
  }
  fillAlpha *= presence;
  ring.a *= presence;
  fillRadius *= mix(0.35, 1.0, presence);

  // Discs smaller than a pixel would flicker: they stay a pixel wide and fade instead.
  float visible = max(fillRadius, 0.6);
  fillAlpha *= min(1.0, (fillRadius * fillRadius) / (visible * visible));
  fillRadius = visible;
  edgeWidth = min(1.1 * pixelRatio, fillRadius * 0.24) * smoothstep(1.6, 3.2, fillRadius / pixelRatio);
  if (ring.a > 0.0) edgeWidth = 0.0;

  ringSpan = vec2(fillRadius + gap, fillRadius + gap + band);
  // A halo of background beyond the ring, and a pixel for antialiasing.
  float wanted = 2.0 * ((ring.a > 0.0 ? ringSpan.y + pixelRatio : fillRadius) + 1.0);
  float fits = min(1.0, maxPointSize / wanted);
  fillRadius *= fits;
  ringSpan *= fits;
  spriteSize = wanted * fits;
  gl_PointSize = spriteSize;
  gl_Position = vec4((place - center) * clipPerUnit, 0.0, 1.0);
}
`;

/** Fragment shader of the points: a disc with a thin edge, and a ring where there is one; premultiplied alpha. */
export const POINTS_FRAG = `
precision highp float;

uniform vec3 background; // sRGB 0…1
uniform vec3 edgeColor;
uniform float pixelRatio; // device pixels per CSS pixel

varying vec3 fillColor;
varying float fillAlpha;
varying float fillRadius;
varying vec4 ring;
varying vec2 ringSpan;
varying float spriteSize;
varying float edgeWidth;

// Share of a pixel at distance d from the middle that a disc of radius r covers.
float cover(float r, float d) {
  return clamp(r - d + 0.5, 0.0, 1.0);
}

vec4 over(vec4 top, vec4 below) {
  return top + below * (1.0 - top.a);
}

void main() {
  float d = length(gl_PointCoord - 0.5) * spriteSize;
  vec4 color = vec4(0.0);
  if (ring.a > 0.0) {
    float halo = cover(ringSpan.y + pixelRatio, d) * 0.8 * ring.a;
    color = vec4(background, 1.0) * halo;
    color = over(vec4(ring.rgb, 1.0) * cover(ringSpan.y, d) * ring.a, color);
    color = over(vec4(background, 1.0) * cover(ringSpan.x, d) * ring.a, color);
  }
  float inner = edgeWidth > 0.0 ? cover(fillRadius - edgeWidth, d) : 1.0;
  vec3 disc = mix(mix(fillColor, edgeColor, 0.7), fillColor, inner);
  float alpha = cover(fillRadius, d) * fillAlpha;
  gl_FragColor = over(vec4(disc * alpha, alpha), color);
  if (gl_FragColor.a <= 0.002) discard;
}
`;

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
