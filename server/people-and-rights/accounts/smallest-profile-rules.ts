import { type Profile, profiles, type Tool } from '../../../contract/route.ts'
import { plain } from '../../platform/plain-words.ts'

export type Proposed = Readonly<Partial<Record<Tool, Profile>>>

/**
 * The smallest profile of each tool that a function needs (ACC-2): the first line whose words the function holds.
 * Our own choice, read from what each profile opens. A function needs no tool that its line leaves out.
 * A larger profile may be granted, and is flagged.
 */
export const needsOfFunctions: readonly { readonly words: RegExp; readonly needs: Proposed }[] = [
  {
    words: /\b(pilot|coordina|coordonn|animat\w* (de|du|territ)|developp\w+ econom|charge\w* de developpement)/,
    needs: { campagnes: 'pilote', 'fiche-etablissement': 'conseiller', 'fiche-recrutement': 'consultation' },
  },
  {
    words: /\b(responsable|chef|cheffe|encadr|manager|referent\w* entreprise)/,
    needs: { campagnes: 'responsable', 'fiche-etablissement': 'conseiller', 'fiche-recrutement': 'consultation' },
  },
  {
    words:
      /\b(conseil|charg\w+ (de|des) (relation|entreprise|mission emploi|clientele|prospection)|prospect|relation\w* (aux |avec les )?entreprise|insertion)/,
    needs: { campagnes: 'conseiller', 'fiche-etablissement': 'conseiller', 'fiche-recrutement': 'consultation' },
  },
  {
    words: /\b(direct|elu|president|vice|secretaire general|charg\w+ (d|de) (etude|observ|mission)|statist)/,
    needs: { campagnes: 'consultation', 'fiche-etablissement': 'consultation' },
  },
  { words: /\b(assistant|accueil|appui|secretaire|gestionnaire)/, needs: { 'fiche-etablissement': 'consultation' } },
]

export const smallestProfiles = (ofFunction: string): Proposed =>
  needsOfFunctions.find(({ words }) => words.test(plain(ofFunction)))?.needs ?? {}

/** The grant exceeds the function, or the function needs no such tool. An unknown function needs nothing by itself. */
export const exceedsFunction = (ofFunction: string, tool: Tool, profile: Profile): boolean => {
  const needed = smallestProfiles(ofFunction)[tool]
  return needed === undefined || profiles.indexOf(profile) > profiles.indexOf(needed)
}
