/** A point in ten-thousandths of a degree: about 11 m, the grain of what is kept. */
type Point = readonly [x: number, y: number]
type Ring = readonly Point[]
export type Polygons = number[][][][]

const grain = 10_000
const key = ([x, y]: Point) => (x + 180 * grain) * 360 * grain + y + 90 * grain

/** Closed, on the grain, without repeated points; undefined when nothing is left of it. */
const onGrain = (ring: readonly (readonly number[])[]): Ring | undefined => {
  const points: Point[] = []
  for (const [lon, lat] of ring) {
    const point: Point = [Math.round(lon! * grain), Math.round(lat! * grain)]
    const last = points.at(-1)
    if (!last || last[0] !== point[0] || last[1] !== point[1]) points.push(point)
  }
  if (points.length > 1 && key(points[0]!) === key(points.at(-1)!)) points.pop()
  return points.length < 3 ? undefined : points
}

/** In metres, near enough at the size of a commune. */
const distance = ([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const width = Math.cos(((ay / grain) * Math.PI) / 180)
  const [dx, dy, ex, ey] = [(bx - ax) * width, by - ay, (px - ax) * width, py - ay]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, (ex * dx + ey * dy) / length))
  return Math.hypot(ex - along * dx, ey - along * dy) * 11.132
}

/** Douglas-Peucker: keeps the two ends, and each point further than `metres` from the line that would replace it. */
const simplified = (line: readonly Point[], metres: number): Point[] => {
  const kept = new Set([0, line.length - 1])
  const spans: [number, number][] = [[0, line.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    let [far, furthest] = [metres, -1]
    for (let i = from + 1; i < to; i++) {
      const d = distance(line[i]!, line[from]!, line[to]!)
      if (d > far) [far, furthest] = [d, i]
    }
    if (furthest < 0) continue
    kept.add(furthest)
    spans.push([from, furthest], [furthest, to])
  }
  return [...kept].sort((a, b) => a - b).map(i => line[i]!)
}

/**
 * Simplifies contours that share borders, so that neighbours still meet. A border is cut where three contours meet.
 * Each piece is simplified once, the same way for both neighbours. `metres` is how far a border may move.
 */
export const simplifyTogether = (contours: readonly Polygons[], metres: number): Polygons[] => {
  const rings = contours.map(polygons => polygons.map(rings => rings.map(onGrain)))
  const beside = new Map<number, [number, number]>()
  const meetings = new Set<number>()
  const note = (at: number, before: number, after: number) => {
    const [low, high] = before < after ? [before, after] : [after, before]
    const known = beside.get(at)
    if (!known) beside.set(at, [low, high])
    else if (known[0] !== low || known[1] !== high) meetings.add(at)
  }
  for (const ring of rings.flat(2))
    for (const [i, p] of (ring ?? []).entries())
      note(key(p), key(ring!.at(i - 1)!), key(ring![(i + 1) % ring!.length]!))

  const redraw = (ring: Ring): number[][] => {
    const first = ring.findIndex(p => meetings.has(key(p)))
    // Without a meeting (an island, an enclave), cut at two points that the file's first point does not decide.
    const start = first >= 0 ? first : ring.reduce((best, p, i) => (key(p) < key(ring[best]!) ? i : best), 0)
    const turned = [...ring.slice(start), ...ring.slice(0, start), ring[start]!]
    const cuts = turned.flatMap((p, i) => (i === 0 || i === turned.length - 1 || meetings.has(key(p)) ? [i] : []))
    const points: Point[] = []
    for (let i = 1; i < cuts.length; i++) {
      const piece = turned.slice(cuts[i - 1]!, cuts[i]! + 1)
      const ahead = sense(piece)
      const line = loopCut(ahead ? piece : piece.toReversed()).flatMap((part, n) =>
        simplified(part, metres).slice(n ? 1 : 0),
      )
      points.push(...(ahead ? line : line.toReversed()).slice(0, -1))
    }
    const left = points.length < 3 ? ring : points
    return [...left, left[0]!].map(([x, y]) => [x / grain, y / grain])
  }
  const drawn = (rings: readonly (Ring | undefined)[]) => rings.flatMap(ring => (ring ? [redraw(ring)] : []))
  return rings.map(polygons =>
    polygons.flatMap(([outer, ...holes]) => (outer ? [[redraw(outer), ...drawn(holes)]] : [])),
  )
}

/** Whether this direction is the one in which both neighbours simplify the piece. */
const sense = (piece: readonly Point[]): boolean => {
  const [first, last] = [key(piece[0]!), key(piece.at(-1)!)]
  return first === last ? key(piece[1]!) <= key(piece.at(-2)!) : first < last
}
/**
 * A piece that comes back to its beginning is cut again at its furthest point: a line of no length simplifies to
 * nothing.
 */
const loopCut = (piece: readonly Point[]): (readonly Point[])[] => {
  if (key(piece[0]!) !== key(piece.at(-1)!)) return [piece]
  const start = piece[0]!
  const far = piece.reduce(
    (best, p, i) => (distance(p, start, start) > distance(piece[best]!, start, start) ? i : best),
    0,
  )
  return [piece.slice(0, far + 1), piece.slice(far)]
}
