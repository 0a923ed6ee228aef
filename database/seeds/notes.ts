import { people } from '../../server/demonstration/stand-in/people.ts'
import type { ActingPeople } from './acting.ts'

const said = [
  'Deux départs en retraite à l’atelier d’ici l’été, d’après l’agence d’intérim voisine.',
  'Le portail est fermé après 16 h : passer par la rue de derrière.',
  'La mairie annonce que l’entreprise s’agrandit sur la parcelle d’à côté.',
] as const

/** What people know of some employers without having called them, one of them kept to a structure (EST-11). */
export const layNotes = async ({ as }: ActingPeople, sirets: readonly string[]) => {
  for (const [n, siret] of sirets.entries())
    await as(n % 2 ? people.karim : people.claire, 'POST', `/establishments/${siret}/notes`, {
      notes: said[n % said.length]!,
      visibility: n === 2 ? 'organisation' : 'reseau',
    })
}
