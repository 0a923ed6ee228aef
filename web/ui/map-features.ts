import type { MapPlace, MapPoint } from './map-shapes.ts'

export const pointFeature = ({ id, lat, lon, title, tone = 'info', sign }: MapPoint) => ({
  type: 'Feature' as const,
  geometry: { type: 'Point' as const, coordinates: [lon, lat] },
  properties: { id, title, tone, ...(sign ? { sign } : {}) },
})

/** The middle of the largest ring, by area: where its name is written. */
export const middle = (polygons: number[][][][]): [number, number] => {
  let best: [number, number] = [0, 0]
  let largest = -1
  for (const [ring = []] of polygons) {
    let area = 0,
      x = 0,
      y = 0
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1] as [number, number]
      const [bx, by] = ring[i] as [number, number]
      const cross = ax * by - bx * ay
      area += cross
      x += (ax + bx) * cross
      y += (ay + by) * cross
    }
    if (Math.abs(area) > largest)
      [largest, best] = [Math.abs(area), area === 0 ? (ring[0] as [number, number]) : [x / (3 * area), y / (3 * area)]]
  }
  return best
}

/** The line from point to point. */
export const wayFeature = (points: readonly MapPoint[]) => ({
  type: 'Feature' as const,
  geometry: { type: 'LineString' as const, coordinates: points.map(({ lon, lat }) => [lon, lat]) },
  properties: {},
})
export const placeFeature = ({ name, lat, lon }: MapPlace) => ({
  type: 'Feature' as const,
  geometry: { type: 'Point' as const, coordinates: [lon, lat] },
  properties: { name },
})

export const collection = <F>(features: F[]) => ({ type: 'FeatureCollection' as const, features })
