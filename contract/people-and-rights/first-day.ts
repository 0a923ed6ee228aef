import { Type } from 'typebox'
import { defineRoute } from '../route.ts'

const tag = 'Aide'
export const FirstDay = Type.Object({
  offered: Type.Boolean({ description: 'La première journée en cinq étapes est proposée à l’accueil' }),
})

export const getFirstDay = defineRoute({
  method: 'GET',
  path: '/first-day',
  tag,
  summary: 'Ma première journée m’est-elle encore proposée ?',
  needs: 'signed-in',
  reply: FirstDay,
})

export const dismissFirstDay = defineRoute({
  method: 'POST',
  path: '/first-day/dismiss',
  tag,
  summary: 'Ne plus me proposer la première journée, sur aucun appareil',
  needs: 'signed-in',
  reply: FirstDay,
})
