import type { Profile, Tool } from './route.ts'

/** The names of the tools and profiles, as every page, mail and document says them. */
export const toolWords: Readonly<Record<Tool, string>> = { campagnes: 'Campagnes coordonnées', 'fiche-etablissement': 'Fiche établissement', 'fiche-recrutement': 'Fiche pratique de recrutement' }
export const profileWords: Readonly<Record<Profile, string>> = { consultation: 'consultation', conseiller: 'conseiller', responsable: 'responsable', pilote: 'pilote' }
