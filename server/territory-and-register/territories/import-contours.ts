import type pg from 'pg'
import { type Polygons, simplifyTogether } from './contour-simplification-rules.ts'
import { saveContours } from './contours.queries.ts'

export type ContourKind = 'departement' | 'epci' | 'commune'
interface Feature {
  readonly properties: Record<string, unknown> | null
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null
}

/** How far a border may move, in metres: what a map of such territories can show. */
const tolerance: Record<ContourKind, number> = { departement: 300, epci: 80, commune: 40 }

const names = [
  'code',
  'insee',
  'codgeo',
  'code_insee',
  'insee_com',
  'com',
  'siren',
  'code_siren',
  'code_epci',
  'siren_epci',
  'epci',
  'insee_dep',
  'code_dept',
  'dep',
]
const shapes: readonly [ContourKind, RegExp][] = [
  ['epci', /^\d{9}$/],
  ['commune', /^\d[\dAB]\d{3}$/],
  ['departement', /^(\d{2,3}|2[AB])$/],
]

/** What a feature is, by the first property that reads like an official code; files name it in many ways. */
const identity = (properties: Feature['properties']): { kind: ContourKind; code: string } | undefined => {
  const known = new Map(
    Object.entries(properties ?? {}).map(([name, value]) => [name.toLowerCase(), String(value ?? '').trim()]),
  )
  for (const name of names) {
    const code = known.get(name)
    const kind = code && shapes.find(([, shape]) => shape.test(code))?.[0]
    if (kind) return { kind, code }
  }
  return undefined
}
const polygonsOf = (geometry: Feature['geometry']): Polygons | undefined =>
  geometry?.type === 'MultiPolygon'
    ? (geometry.coordinates as Polygons)
    : geometry?.type === 'Polygon'
      ? [geometry.coordinates as Polygons[number]]
      : undefined

export interface ContourCounts {
  readonly read: number
  readonly kept: Partial<Record<ContourKind, number>>
  readonly changed: number
  readonly unknown: string[]
  readonly rejects: { line: number; reason: string; text: string }[]
}

/**
 * Brings the contours of one GeoJSON file, simplified, in one transaction. `line` of a reject is the number of the
 * feature. `source`: who made them and under which licence, said on the maps.
 */
export const importContours = async (owner: pg.ClientBase, text: string, source?: string): Promise<ContourCounts> => {
  const features = readFeatures(text)
  const rejects: { line: number; reason: string; text: string }[] = []
  const found = new Map<ContourKind, Map<string, Polygons>>()
  for (const [i, feature] of features.entries()) {
    const named = identity(feature?.properties ?? null)
    const polygons = polygonsOf(feature?.geometry ?? null)
    const ofKind = named && (found.get(named.kind) ?? new Map<string, Polygons>())
    const reason = !named
      ? 'no-code'
      : !polygons || !sound(polygons)
        ? 'no-contour'
        : ofKind!.has(named.code)
          ? 'repeated-contour'
          : undefined
    if (reason) rejects.push({ line: i + 1, reason, text: JSON.stringify(feature?.properties ?? null).slice(0, 200) })
    else found.set(named!.kind, ofKind!.set(named!.code, polygons!))
  }
  let changed = 0
  const unknown: string[] = []
  await owner.query('begin')
  try {
    for (const [kind, ofKind] of found) {
      const simple = simplifyTogether([...ofKind.values()], tolerance[kind])
      const saved = await saveContours(
        owner,
        kind,
        [...ofKind.keys()].map((code, i) => ({ code, polygons: simple[i]! })),
        source?.trim() || null,
      )
      changed += saved.changed
      unknown.push(...saved.unknown)
    }
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback')
    throw error
  }
  return {
    read: features.length,
    kept: Object.fromEntries([...found].map(([kind, { size }]) => [kind, size])),
    changed,
    unknown,
    rejects,
  }
}

const readFeatures = (text: string): readonly Feature[] => {
  let json: { type?: unknown; features?: unknown }
  try {
    json = JSON.parse(text)
  } catch {
    throw new NotContours('ce fichier n’est pas du JSON')
  }
  if (json?.type !== 'FeatureCollection' || !Array.isArray(json.features))
    throw new NotContours('ce fichier n’est pas une collection de contours (GeoJSON FeatureCollection)')
  return json.features
}
export class NotContours extends Error {}

/**
 * Longitudes and latitudes, and rings of at least a triangle: a file in another projection is refused rather than drawn
 * at sea.
 */
const sound = (polygons: unknown): boolean =>
  Array.isArray(polygons) &&
  polygons.length > 0 &&
  polygons.every(
    rings =>
      Array.isArray(rings) &&
      rings.length > 0 &&
      rings.every(
        (ring: unknown) =>
          Array.isArray(ring) &&
          ring.length >= 4 &&
          ring.every(
            (p: unknown) =>
              Array.isArray(p) &&
              Number.isFinite(p[0]) &&
              Number.isFinite(p[1]) &&
              Math.abs(p[0]) <= 180 &&
              Math.abs(p[1]) <= 90,
          ),
      ),
  )
