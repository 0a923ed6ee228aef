import type { StyleSpecification } from 'maplibre-gl'
import { type Colours, empty, font } from './map-colours.ts'

/** `way`: the points are stops, each shown by its rank. */
export const styleOf = (tints: Colours, way: boolean): StyleSpecification => ({
  version: 8,
  sources: {
    contours: { type: 'geojson', data: empty },
    names: { type: 'geojson', data: empty },
    selected: { type: 'geojson', data: empty },
    way: { type: 'geojson', data: empty },
    points: { type: 'geojson', data: empty, cluster: !way, clusterRadius: 44, clusterMaxZoom: 15 },
  },
  layers: [...ground(tints), wayShown(tints), ...pointsShown(tints), ...chosenPoint(tints)],
})
/** The land, its contours and their names. */
const ground = (tints: Colours): StyleSpecification['layers'] => [
  { id: 'ground', type: 'background', paint: { 'background-color': tints.ground } },
  { id: 'land', type: 'fill', source: 'contours', paint: { 'fill-color': tints.land } },
  {
    id: 'areas',
    type: 'fill',
    source: 'contours',
    filter: ['>', ['get', 'strength'], 0],
    paint: { 'fill-color': tints.strong, 'fill-opacity': ['get', 'strength'] },
  },
  {
    id: 'borders',
    type: 'line',
    source: 'contours',
    paint: { 'line-color': tints.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 5, 0.5, 12, 1.5] },
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
    paint: { 'text-color': tints.text, 'text-halo-color': tints.halo, 'text-halo-width': 1.5 },
  },
]
/** From stop to stop, as the crow flies. */
const wayShown = (tints: Colours): StyleSpecification['layers'][number] => ({
  id: 'way',
  type: 'line',
  source: 'way',
  layout: { 'line-cap': 'round', 'line-join': 'round' },
  paint: { 'line-color': tints.strong, 'line-width': 3, 'line-opacity': 0.5 },
})
/** The points, together where they are many. */
const pointsShown = (tints: Colours): StyleSpecification['layers'] => [
  {
    id: 'clusters',
    type: 'circle',
    source: 'points',
    filter: ['has', 'point_count'],
    paint: {
      'circle-color': tints.strong,
      'circle-radius': ['step', ['get', 'point_count'], 14, 20, 18, 200, 23, 2000, 28],
      'circle-stroke-color': tints.halo,
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
    paint: { 'text-color': tints.inverse },
  },
  {
    id: 'points',
    type: 'symbol',
    source: 'points',
    filter: ['!', ['has', 'point_count']],
    layout: {
      'icon-image': ['get', 'tone'],
      'icon-size': ['case', ['has', 'sign'], 1.5, 1],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'text-field': ['coalesce', ['get', 'sign'], ''],
      'text-font': font,
      'text-size': 13,
      'text-allow-overlap': true,
      'text-ignore-placement': true,
    },
    paint: { 'text-color': tints.inverse },
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
    paint: { 'text-color': tints.text, 'text-halo-color': tints.halo, 'text-halo-width': 1.5 },
  },
]
/** The point that is chosen, above all others. */
const chosenPoint = (tints: Colours): StyleSpecification['layers'] => [
  {
    id: 'selected-ring',
    type: 'circle',
    source: 'selected',
    paint: {
      'circle-color': tints.halo,
      'circle-radius': 13,
      'circle-stroke-color': tints.text,
      'circle-stroke-width': 3,
    },
  },
  {
    id: 'selected',
    type: 'symbol',
    source: 'selected',
    layout: { 'icon-image': ['get', 'tone'], 'icon-allow-overlap': true, 'icon-ignore-placement': true },
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
    paint: { 'text-color': tints.text, 'text-halo-color': tints.halo, 'text-halo-width': 2 },
  },
]
