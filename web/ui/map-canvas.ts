import {
  type GeoJSONSource,
  LngLatBounds,
  type LngLatLike,
  Map as MapLibre,
  type MapMouseEvent,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { areaStrengths, colours } from './map-colours.ts'
import { collection, middle, placeFeature, pointFeature, wayFeature } from './map-features.ts'
import type { Contour, MapArea, MapFrame, MapPlace, MapPoint } from './map-shapes.ts'
import { putSigns } from './map-signs.ts'
import { styleOf } from './map-style.ts'
import 'maplibre-gl/dist/maplibre-gl.css'

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
  /** Names written where no contour carries them. */
  readonly places: readonly MapPlace[]
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

const newMap = (container: HTMLElement, label: string, way: boolean): MapLibre => {
  const map = new MapLibre({
    container,
    style: styleOf(colours(), way),
    center: [2.5, 46.6],
    zoom: 4.5,
    minZoom: 1,
    maxZoom: 18,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    // The map never catches a reader who scrolls the page with the wheel or one finger.
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
  return map
}

interface Found {
  readonly contour: Contour
  readonly area: MapArea | undefined
}
const contourFeature = ({ contour, area }: Found) => ({
  type: 'Feature' as const,
  geometry: { type: 'MultiPolygon' as const, coordinates: contour.polygons },
  properties: {
    name: contour.name,
    words: area?.label ?? contour.name,
    territoryId: area?.territoryId ?? 0,
    strength: area?.level === undefined ? 0 : areaStrengths[area.level]!,
  },
})
const nameFeature = ({ contour }: Found) => ({
  type: 'Feature' as const,
  geometry: { type: 'Point' as const, coordinates: middle(contour.polygons) },
  properties: { name: contour.name },
})

/** What holds all that is shown; nothing when nothing is. */
const boundsOf = (shown: MapShown): LngLatBounds | undefined => {
  const box = new LngLatBounds()
  if (shown.points.length && !shown.areas) for (const { lon, lat } of shown.points) box.extend([lon, lat])
  else
    for (const { polygons } of shown.contours)
      for (const [ring = []] of polygons) for (const point of ring) box.extend(point as LngLatLike as [number, number])
  return box.isEmpty() ? undefined : box
}

/** What is clicked, and what lies under the pointer. `shown` answers nothing until the map is loaded. */
const followPointer = (map: MapLibre, events: MapEvents, shown: () => MapShown | undefined): void => {
  const under = (event: MapMouseEvent, ...layers: string[]) =>
    shown()
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
      const zoom = await (map.getSource('points') as GeoJSONSource).getClusterExpansionZoom(
        cluster.properties.cluster_id as number,
      )
      return void map.easeTo({
        center: (cluster.geometry as unknown as { coordinates: [number, number] }).coordinates,
        zoom,
      })
    }
    // Several at one address lie on top of each other: each click takes the next.
    const ids = [...new Set(under(event, 'points', 'selected').map(feature => String(feature.properties.id)))].sort()
    if (ids.length) return events.onSelect(ids[(ids.indexOf(shown()?.selected ?? '') + 1) % ids.length]!)
    const territoryId = Number(
      under(event, 'areas', 'land').find(feature => feature.properties.territoryId)?.properties.territoryId,
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
}

/**
 * Draws into `container` until `remove`. What is shown is given whole each time; only what changed is sent on. `way`: the
 * points are stops, in the order one goes.
 */
export const drawMap = (container: HTMLElement, label: string, way: boolean, events: MapEvents) => {
  const map = newMap(container, label, way)
  let shown: MapShown = {
    points: [],
    contours: [],
    places: [],
    areas: undefined,
    selected: undefined,
    frame: undefined,
  }
  let loaded = false
  let latest = shown

  const source = (name: string) => map.getSource(name) as GeoJSONSource
  const areaOf = (contour: Contour) => latest.areas?.find(area => contour.territoryIds.includes(area.territoryId))
  const fit = (animate: boolean) => {
    const box = boundsOf(latest)
    // One place alone is shown with what surrounds it.
    if (box) map.fitBounds(box, { padding: 48, maxZoom: latest.points.length === 1 ? 10.5 : 13, animate })
  }
  const draw = () => {
    if (!loaded) return
    const before = shown
    shown = latest
    if (before.contours !== shown.contours || before.places !== shown.places || before.areas !== shown.areas) {
      const found = shown.contours.map(contour => ({ contour, area: areaOf(contour) }))
      source('contours').setData(collection(found.map(contourFeature)))
      source('names').setData(collection([...found.map(nameFeature), ...shown.places.map(placeFeature)]))
    }
    if (before.points !== shown.points) {
      source('points').setData(collection(shown.points.map(pointFeature)))
      if (way) source('way').setData(collection(shown.points.length > 1 ? [wayFeature(shown.points)] : []))
    }
    const chosen = shown.points.find(point => point.id === shown.selected)
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
    putSigns(map, colours())
    draw()
    map.on('idle', () => events.onDrawn())
    tell()
    map.on('moveend', tell)
  })

  followPointer(map, events, () => (loaded ? shown : undefined))

  const dress = () => {
    putSigns(map, colours())
    for (const layer of styleOf(colours(), way).layers)
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
    /** What is drawn now, as a picture that a printer takes: it finds the canvas of the map empty. */
    copyTo: (picture: HTMLCanvasElement) => {
      map.redraw()
      const { width, height } = map.getCanvas()
      Object.assign(picture, { width, height })
      picture.getContext('2d')?.drawImage(map.getCanvas(), 0, 0)
    },
    remove: () => {
      theme.disconnect()
      map.remove()
    },
  }
}
export type DrawnMap = ReturnType<typeof drawMap>
