import type { Reply } from '../../contract/route.ts'
import type { listCommitmentKinds } from '../../contract/work-with-employers/commitments.ts'
import { people } from '../../server/demonstration/stand-in/people.ts'
import { addDays } from '../../server/platform/time.ts'
import type { ActingPeople } from './acting.ts'

type Kinds = Reply<typeof listCommitmentKinds>

const said = [
  ['Clause sociale d’insertion', 'Marché de voirie de la communauté de communes : 400 heures d’insertion'],
  ['Charte de la diversité', 'https://www.charte-diversite.com/signataires'],
  ['Accueil en immersion', 'Dit lors d’une visite : trois accueils par an'],
  ['Label Égalité professionnelle', 'Certificat affiché à l’accueil'],
] as const

/** Some employers committed to something, one of them no more (EST-9). */
export const layCommitments = async ({ as }: ActingPeople, sirets: readonly string[], today: string) => {
  const { items } = await as<Kinds>(people.claire, 'GET', '/commitment-kinds')
  const note = (siret: string, n: number, until: string | null = null) => {
    const [label, evidence] = said[n % said.length]!
    const kindId = items.find(kind => kind.label === label)!.id
    const body = { kindId, since: addDays(today, -90 - 30 * n), until, evidence }
    return as(n % 2 ? people.karim : people.claire, 'POST', `/establishments/${siret}/commitments`, body)
  }
  for (const [n, siret] of sirets.entries()) await note(siret, n)
  await note(sirets[0]!, 3, addDays(today, -10))
}
