import type { Reply } from '../../contract/route.ts'
import type { noteNeed, proposeNeed } from '../../contract/work-with-employers/needs.ts'
import { organisations, people } from '../../server/demonstration/stand-in/people.ts'
import { addDays } from '../../server/platform/time.ts'
import type { ActingPeople } from './acting.ts'

type Noted = Reply<typeof noteNeed>
type Proposed = Reply<typeof proposeNeed>
const wanted = { kind: 'recrutement', contract: 'cdi', weeklyHours: 35 }

/** Needs in every state: some proposed, taken, filled in part or whole, filled otherwise, abandoned (CAM-7). */
export const layNeeds = async ({ as }: ActingPeople, sirets: readonly string[], today: string) => {
  const day = (n: number) => addDays(today, -n)
  const note = (n: number, body: object, daysAgo: number) =>
    as<Noted>(people.claire, 'POST', `/establishments/${sirets[n]}/needs`, body, day(daysAgo))
  const propose = (id: string, to: readonly { id: string }[], words: string, daysAgo: number) =>
    as<Proposed>(
      people.claire,
      'POST',
      `/needs/${id}/proposals`,
      { toOrganisationIds: to.map(one => one.id), words },
      day(daysAgo),
    )
  const act = (who: typeof people.claire, id: string, path: string, body: object | undefined, daysAgo: number) =>
    as(who, 'POST', `/needs/${id}/${path}`, body, day(daysAgo))
  const hire = (number: number, daysAgo: number) => ({ number, contract: 'cdi', hiredOn: day(daysAgo) })
  const { missionLocale } = organisations

  // The PLIE says which needs it takes; the others said nothing yet.
  const takes = { kinds: ['recrutement', 'immersion', 'contrat-aide'], advice: [], jobs: ['F', 'I'] }
  const publics = 'demandeurs d’emploi de longue durée, allocataires du RSA'
  await as(people.paul, 'PUT', '/need-intake', { ...takes, publics }, day(90), 0)
  // Open, and waiting for the Mission locale.
  const mason = await note(0, { ...wanted, jobCode: '16250', posts: 2, startsOn: addDays(today, 30) }, 4)
  await propose(mason.id, [missionLocale], 'Il prendrait volontiers quelqu’un qui débute.', 3)
  await note(1, { kind: 'immersion', jobLabel: 'Découverte de la taille de pierre' }, 100)
  await note(2, { kind: 'conseil', advice: 'handicap', notes: 'Demande ce que coûte un aménagement' }, 12)
  await note(3, { kind: 'formation', notes: 'Échafaudage, trois salariés', visibility: 'organisation' }, 8)
  // Taken by the Mission locale; by the structure itself.
  const welder = await note(4, { ...wanted, jobCode: '404475', posts: 1 }, 20)
  await propose(welder.id, [missionLocale], 'Permis B demandé.', 19)
  await act(people.karim, welder.id, 'taking', undefined, 18)
  // Filled in part, whole, otherwise; abandoned; answered.
  const roofer = await note(5, { ...wanted, jobCode: '13822', posts: 3 }, 40)
  await act(people.claire, roofer.id, 'taking', undefined, 39)
  await act(people.claire, roofer.id, 'hires', hire(1, 10), 10)
  const painter = await note(6, { ...wanted, jobCode: '17619', posts: 2 }, 60)
  await propose(painter.id, [missionLocale], 'Deux apprentis sortants.', 59)
  await act(people.karim, painter.id, 'taking', undefined, 58)
  await act(people.karim, painter.id, 'hires', hire(2, 30), 29)
  const joiner = await note(7, { ...wanted, jobCode: '16611', posts: 1 }, 50)
  await act(people.claire, joiner.id, 'closing', { outcome: 'fill-otherwise', reason: 'Par une annonce' }, 35)
  const aided = await note(8, { kind: 'contrat-aide', jobLabel: 'Aide de chantier', posts: 1 }, 70)
  await act(people.claire, aided.id, 'closing', { outcome: 'abandon', reason: 'Chantier reporté d’un an' }, 45)
  const advice = await note(9, { kind: 'conseil', advice: 'inclusion' }, 30)
  const [asked] = (await propose(advice.id, [missionLocale], 'Clause d’insertion.', 29)).items
  await as(people.karim, 'POST', `/need-proposals/${asked!.id}/decline`, { reason: 'Hors de nos publics' }, day(28))
  await act(people.claire, advice.id, 'taking', undefined, 27)
  await act(people.claire, advice.id, 'closing', { outcome: 'answer' }, 20)
}
