import { actSentences } from '../../../contract/acts.ts'
import { trailScopes } from '../../../contract/oversight/audit.ts'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const day = /^\d{4}-\d{2}-\d{2}$/
export const noFilter = {
  personne: undefined,
  acte: undefined,
  nature: undefined,
  objet: undefined,
  du: undefined,
  au: undefined,
}
/** What an address of one's own making holds that means nothing is left aside. */
export const filterOf = ({ vue, personne, acte, nature, objet, du, au }: Record<string, string | undefined>) => ({
  scope: trailScopes.find(one => one === vue) ?? ('own' as const),
  ...(personne && uuid.test(personne) ? { person: personne } : {}),
  ...(acte && actSentences[acte] ? { action: acte } : {}),
  ...(nature && /^[a-z0-9-]{1,40}$/.test(nature)
    ? { kind: nature, ...(objet && objet.length <= 80 ? { subject: objet } : {}) }
    : {}),
  ...(du && day.test(du) ? { from: du } : {}),
  ...(au && day.test(au) ? { to: au } : {}),
})
