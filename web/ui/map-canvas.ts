import {
  type GeoJSONSource,
  LngLatBounds,
  type LngLatLike,
  Map as MapLibre,
  type MapMouseEvent,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Contour, MapArea, MapFrame, MapPoint, MapTone } from './map-shapes.ts'

/* What draws the map, 400 kB of script: only ever imported lazily, by map.tsx. */

setWorkerUrl(workerUrl)
// MapLibre starts its worker by a plain address, which our Content-Security-Policy takes only through a policy: this
// one knows a single address.
;(globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): unknown } }).trustedTypes?.createPolicy(
  'default',
  { createScriptURL: (url: string) => (url === workerUrl ? url : undefined) },
)

export interface MapShown {
  readonly points: readonly MapPoint[]
  readonly contours: readonly Contour[]
  readonly areas: readonly MapArea[] | undefined
  readonly selected: string | undefined
  /** Shown as it is: what is in it does not move the map. */
  readonly frame: MapFrame | undefined
}
export interface MapEvents {
  onSelect(id: string): void
  onSelectArea(territoryId: number): void
  /** The point under the pointer, if any. */
  onHover(id: string | undefined): void
  /** What lies under the pointer, in words. */
  onPoint(words: string): void
  onDrawn(): void
  /** The map was moved: what it shows now. */
  onMoved(frame: MapFrame): void
}

export const canDraw = (): boolean => !!document.createElement('canvas').getContext('webgl2')

/**
 * Strength of the colour of an area, from its class: one colour, so that it holds in both themes and for those who
 * confuse colours.
 */
export const areaStrengths = [0.14, 0.3, 0.48, 0.66, 0.84] as const

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
const colours = () => ({
  ground: token('background-alt-grey'),
  land: token('background-default-grey'),
  border: token('border-contrast-grey'),
  text: token('text-default-grey'),
  halo: token('background-default-grey'),
  strong: token('background-action-high-blue-france'),
  inverse: token('text-inverted-blue-france'),
  selected: token('background-flat-warning'),
  tones: {
    info: token('background-flat-info'),
    success: token('background-flat-success'),
    warning: token('background-flat-warning'),
    error: token('background-flat-error'),
    neutral: token('background-flat-grey') || token('border-plain-grey'),
  } satisfies Record<MapTone, string>,
})
type Colours = ReturnType<typeof colours>

const empty = { type: 'FeatureCollection' as const, features: [] }
const font = ['Marianne', 'arial', 'sans-serif']
const styleOf = (c: Colours): StyleSpecification => ({
  version: 8,
  sources: {
    contours: { type: 'geojson', data: empty },
    names: { type: 'geojson', data: empty },
    selected: { type: 'geojson', data: empty },
    points: { type: 'geojson', data: empty, cluster: true, clusterRadius: 44, clusterMaxZoom: 15 },
  },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': c.ground } },
    { id: 'land', type: 'fill', source: 'contours', paint: { 'fill-color': c.land } },
    {
      id: 'areas',
      type: 'fill',
      source: 'contours',
      filter: ['>', ['get', 'strength'], 0],
      paint: { 'fill-color': c.strong, 'fill-opacity': ['get', 'strength'] },
    },
    {
      id: 'borders',
      type: 'line',
      source: 'contours',
      paint: { 'line-color': c.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 5, 0.5, 12, 1.5] },
    },
    {
      id: 'names',
      type: 'symbol',
      source: 'names',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': font,
        'text-size': 12,
        'text-max-width': 8,
        'text-padding': 6,
      },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.5 },
    },
    {
      id: 'clusters',
      type: 'circle',
      source: 'points',
      filter: ['has', 'point_count'],
      paint: {
        'circle-color': c.strong,
        'circle-radius': ['step', ['get', 'point_count'], 14, 20, 18, 200, 23, 2000, 28],
        'circle-stroke-color': c.halo,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'counts',
      type: 'symbol',
      source: 'points',
      filter: ['has', 'point_count'],
      layout: {
        'text-field': ['number-format', ['get', 'point_count'], { locale: 'fr-FR' }],
        'text-font': font,
        'text-size': 12,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': c.inverse },
    },
    {
      id: 'points',
      type: 'circle',
      source: 'points',
      filter: ['!', ['has', 'point_count']],
      paint: {
        'circle-color': toneColour(c),
        'circle-radius': 8,
        'circle-stroke-color': c.halo,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'titles',
      type: 'symbol',
      source: 'points',
      filter: ['!', ['has', 'point_count']],
      minzoom: 11,
      layout: {
        'text-field': ['get', 'title'],
        'text-font': font,
        'text-size': 12,
        'text-anchor': 'top',
        'text-offset': [0, 0.9],
        'text-max-width': 10,
        'text-optional': true,
      },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 1.5 },
    },
    {
      id: 'selected',
      type: 'circle',
      source: 'selected',
      paint: {
        'circle-color': toneColour(c),
        'circle-radius': 10,
        'circle-stroke-color': c.text,
        'circle-stroke-width': 4,
      },
    },
    {
      id: 'selected-title',
      type: 'symbol',
      source: 'selected',
      layout: {
        'text-field': ['get', 'title'],
        'text-font': font,
        'text-size': 14,
        'text-anchor': 'top',
        'text-offset': [0, 1],
        'text-max-width': 12,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': c.text, 'text-halo-color': c.halo, 'text-halo-width': 2 },
    },
  ],
})
const toneColour = ({ tones }: Colours) =>
  [
    'match',
    ['get', 'tone'],
    'success',
    tones.success,
    'warning',
    tones.warning,
    'error',
    tones.error,
    'neutral',
    tones.neutral,
    tones.info,
  ] as unknown as string

const pointFeature = ({ id, lat, lon, title, tone = 'info' }: MapPoint) => ({
  type: 'Feature' as const,
  geometry: { type: 'Point' as const, coordinates: [lon, lat] },
  properties: { id, title, tone },
})

/** The middle of the largest ring, by area: where its name is written. */
const middle = (polygons: number[][][][]): [number, number] => {
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

const collection = <F>(features: F[]) => ({ type: 'FeatureCollection' as const, features })

/** Draws into `container` until `remove`. What is shown is given whole each time; only what changed is sent on. */
export const drawMap = (container: HTMLElement, label: string, events: MapEvents) => {
  const map = new MapLibre({
    container,
    style: styleOf(colours()),
    center: [2.5, 46.6],
    zoom: 4.5,
    minZoom: 1,
    maxZoom: 18,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    // Nobody who scrolls the page with the wheel or one finger is caught by the map.
    cooperativeGestures: true,
    renderWorldCopies: false,
    trackResize: true,
    locale: {
      'Map.Title': label,
      'CooperativeGesturesHandler.WindowsHelpText': 'Ctrl et la molette pour zoomer',
      'CooperativeGesturesHandler.MacHelpText': '⌘ et la molette pour zoomer',
      'CooperativeGesturesHandler.MobileHelpText': 'Deux doigts pour déplacer la carte',
    },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  let shown: MapShown = { points: [], contours: [], areas: undefined, selected: undefined, frame: undefined }
  let loaded = false
  let latest = shown

  const source = (name: string) => map.getSource(name) as GeoJSONSource
  const areaOf = (contour: Contour) => latest.areas?.find(a => contour.territoryIds.includes(a.territoryId))
  const bounds = (): LngLatBounds | undefined => {
    const box = new LngLatBounds()
    if (latest.points.length && !latest.areas) for (const { lon, lat } of latest.points) box.extend([lon, lat])
    else
      for (const { polygons } of latest.contours)
        for (const [ring = []] of polygons)
          for (const point of ring) box.extend(point as LngLatLike as [number, number])
    return box.isEmpty() ? undefined : box
  }
  const fit = (animate: boolean) => {
    const box = bounds()
    // One place alone is shown with what surrounds it.
    if (box) map.fitBounds(box, { padding: 48, maxZoom: latest.points.length === 1 ? 10.5 : 13, animate })
  }
  const draw = () => {
    if (!loaded) return
    const before = shown
    shown = latest
    if (before.contours !== shown.contours || before.areas !== shown.areas) {
      const found = shown.contours.map(contour => ({ contour, area: areaOf(contour) }))
      source('contours').setData(
        collection(
          found.map(({ contour, area }) => ({
            type: 'Feature' as const,
            geometry: { type: 'MultiPolygon' as const, coordinates: contour.polygons },
            properties: {
              name: contour.name,
              words: area?.label ?? contour.name,
              territoryId: area?.territoryId ?? 0,
              strength: area?.level === undefined ? 0 : areaStrengths[area.level]!,
            },
          })),
        ),
      )
      source('names').setData(
        collection(
          found.map(({ contour }) => ({
            type: 'Feature' as const,
            geometry: { type: 'Point' as const, coordinates: middle(contour.polygons) },
            properties: { name: contour.name },
          })),
        ),
      )
    }
    if (before.points !== shown.points) source('points').setData(collection(shown.points.map(pointFeature)))
    const chosen = shown.points.find(p => p.id === shown.selected)
    if (before.points !== shown.points || before.selected !== shown.selected) {
      source('selected').setData(collection(chosen ? [pointFeature(chosen)] : []))
    }
    if (shown.frame) {
      const { south, west, north, east } = shown.frame
      if (!before.frame) map.fitBounds([west, south, east, north], { animate: false })
    } else if (
      before.frame ||
      before.points !== shown.points ||
      (before.contours !== shown.contours && (!shown.points.length || shown.areas))
    )
      fit(false)
    if (chosen && before.selected !== shown.selected && !map.getBounds().contains([chosen.lon, chosen.lat]))
      map.easeTo({ center: [chosen.lon, chosen.lat] })
  }
  const tell = () => {
    const box = map.getBounds()
    events.onMoved({ south: box.getSouth(), west: box.getWest(), north: box.getNorth(), east: box.getEast() })
  }
  map.once('load', () => {
    loaded = true
    draw()
    map.on('idle', () => events.onDrawn())
    tell()
    map.on('moveend', tell)
  })

  const under = (event: MapMouseEvent, ...layers: string[]) =>
    loaded
      ? map.queryRenderedFeatures(
          [
            [event.point.x - 4, event.point.y - 4],
            [event.point.x + 4, event.point.y + 4],
          ],
          { layers },
        )
      : []
  map.on('click', async event => {
    const [cluster] = under(event, 'clusters')
    if (cluster) {
      const zoom = await source('points').getClusterExpansionZoom(cluster.properties.cluster_id as number)
      return void map.easeTo({
        center: (cluster.geometry as unknown as { coordinates: [number, number] }).coordinates,
        zoom,
      })
    }
    // Several at one address lie on top of each other: each click takes the next.
    const ids = [...new Set(under(event, 'points', 'selected').map(f => String(f.properties.id)))].sort()
    if (ids.length) return events.onSelect(ids[(ids.indexOf(shown.selected ?? '') + 1) % ids.length]!)
    const territoryId = Number(
      under(event, 'areas', 'land').find(f => f.properties.territoryId)?.properties.territoryId,
    )
    if (territoryId) events.onSelectArea(territoryId)
  })
  map.on('mousemove', event => {
    const [point] = under(event, 'points', 'selected')
    const [cluster] = point ? [] : under(event, 'clusters')
    const [area] = point || cluster ? [] : under(event, 'land')
    map.getCanvas().style.cursor = point || cluster ? 'pointer' : ''
    events.onHover(point && String(point.properties.id))
    events.onPoint(
      point
        ? String(point.properties.title)
        : cluster
          ? `${cluster.properties.point_count} au même endroit : cliquez pour approcher`
          : area
            ? String(area.properties.words)
            : '',
    )
  })
  map.on('mouseout', () => {
    events.onHover(undefined)
    events.onPoint('')
  })

  const dress = () => {
    for (const layer of styleOf(colours()).layers)
      for (const [name, value] of Object.entries(layer.paint ?? {}))
        map.setPaintProperty(layer.id, name as never, value as never)
  }
  const theme = new MutationObserver(() => {
    if (loaded) dress()
  })
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-fr-theme'] })

  return {
    show: (next: MapShown) => {
      latest = next
      draw()
    },
    zoom: (by: 1 | -1) => void (by > 0 ? map.zoomIn() : map.zoomOut()),
    fit: () => fit(true),
    remove: () => {
      theme.disconnect()
      map.remove()
    },
  }
}
export type DrawnMap = ReturnType<typeof drawMap>
