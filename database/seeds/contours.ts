import { readFileSync } from 'node:fs'

type Ring = readonly (readonly [lon: number, lat: number])[]
interface Feature {
  readonly properties: { readonly insee?: string }
  readonly geometry: { readonly type: 'Polygon' | 'MultiPolygon'; readonly coordinates: never }
}

/** Said under the maps. */
export const contoursSource = 'Données publiques de la Gironde, contours simplifiés, Licence Ouverte 2.0'

/** GeoJSON of the communes and EPCIs where the demonstration takes place, and of their department. */
export const demonstrationContours = () =>
  readFileSync(new URL('contours/coeur-de-gironde.geojson', import.meta.url), 'utf8')

/** Outer rings of each commune, by its code. */
const communes = (): ReadonlyMap<string, readonly Ring[]> =>
  new Map(
    (JSON.parse(demonstrationContours()).features as Feature[]).flatMap(({ properties: { insee }, geometry }) =>
      insee
        ? [
            [
              insee,
              (geometry.type === 'Polygon' ? [geometry.coordinates] : (geometry.coordinates as Ring[][])).map(
                polygon => polygon[0]!,
              ),
            ],
          ]
        : [],
    ),
  )

/** Whether a line to the east leaves the ring an odd number of times. */
const inRing = (ring: Ring, lat: number, lon: number): boolean =>
  ring.slice(1).filter(([x, y], i) => {
    const [fromX, fromY] = ring[i]!
    return fromY > lat !== y > lat && lon < fromX + ((x - fromX) * (lat - fromY)) / (y - fromY)
  }).length %
    2 ===
  1

/** Tells whether a place, in degrees, lies in a commune of the demonstration. */
export const placesInCommunes = (): ((commune: string, lat: number, lon: number) => boolean) => {
  const rings = communes()
  return (commune, lat, lon) => rings.get(commune)?.some(ring => inRing(ring, lat, lon)) ?? false
}
