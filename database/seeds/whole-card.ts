import type { Reply } from '../../contract/route.ts'
import type { listCommitmentKinds } from '../../contract/work-with-employers/commitments.ts'
import type { addCorrespondent } from '../../contract/work-with-employers/correspondents/correspondents.ts'
import type { openEmployerFile } from '../../contract/work-with-employers/employer-files/employer-files.ts'
import type { FactName } from '../../contract/work-with-employers/facts.ts'
import type { noteNeed, proposeNeed } from '../../contract/work-with-employers/needs.ts'
import { organisations, people } from '../../server/demonstration/stand-in/people.ts'
import { addDays } from '../../server/platform/time.ts'
import type { ActingPeople } from './acting.ts'

type Person = Reply<typeof addCorrespondent>
type As = ActingPeople['as']

/** One whom nobody confirmed for a year, and one who asked that nothing be kept of them (EST-5). */
const layColleagues = async (as: As, siret: string, day: (ago: number) => string) => {
  const path = `/establishments/${siret}/correspondents`
  const seller = { civility: 'M.', givenName: 'Loïc', familyName: 'Bersegeay', role: 'Vendeur principal' }
  await as(people.claire, 'POST', path, { values: seller, observedOn: day(430) }, day(176))
  const accountant = {
    civility: 'Mme',
    givenName: 'Ghislaine',
    familyName: 'Pomarède',
    role: 'Comptable',
    email: 'compta@castelbon.example',
  }
  const { id, version } = await as<Person>(people.karim, 'POST', path, { values: accountant }, day(130))
  const objection = { on: day(60), how: 'courriel' }
  await as(people.karim, 'PUT', `/correspondents/${id}/objection`, objection, day(60), version)
}

/** Each in its own way: said by the employer, known by an advisor, too old, outweighed by a stronger source (EST-6). */
const layTerrain = async (as: As, siret: string, day: (ago: number) => string) => {
  const note = (field: FactName, value: string, ago: number, over: object = {}, by = people.claire, version = 0) =>
    as(by, 'PUT', `/establishments/${siret}/facts/${field}`, { value, observedOn: day(ago), ...over }, day(76), version)
  await note('usualName', 'Chez Castelbon', 169)
  await note('switchboard', '05 36 49 12 00', 169)
  await note('headcount', '6', 100, { source: 'personne-concernee' })
  await note('headcount', '9', 118, {}, people.karim, 1)
  await note('openingHours', 'Du mardi au samedi, 10 h – 19 h', 420)
  await note('transport', 'Car 412, arrêt Mairie, trois minutes à pied', 118, {}, people.karim)
  await note('applications', 'Au magasin, le mardi, avec un mot de motivation', 169, { source: 'personne-concernee' })
  await note('hiring', 'La gérante, seule', 169)
}

/** Two commitments, one of them over (EST-9). */
const layPromises = async (as: As, siret: string, day: (ago: number) => string) => {
  const { items } = await as<Reply<typeof listCommitmentKinds>>(people.claire, 'GET', '/commitment-kinds')
  for (const [label, evidence, since, until] of [
    ['Accueil en immersion', 'Dit lors de la visite : deux accueils par an', day(169), null],
    ['Charte de la diversité', 'Autocollant sur la vitrine', day(700), day(30)],
  ] as const) {
    const kindId = items.find(kind => kind.label === label)!.id
    await as(people.claire, 'POST', `/establishments/${siret}/commitments`, { kindId, since, until, evidence }, day(76))
  }
}

/** A need that the network filled, and one that waits for a partner (CAM-7). */
const layAsked = async (as: As, siret: string, day: (ago: number) => string) => {
  const note = (body: object, ago: number) =>
    as<Reply<typeof noteNeed>>(people.claire, 'POST', `/establishments/${siret}/needs`, body, day(ago))
  const seller = { kind: 'recrutement', contract: 'cdi', weeklyHours: 24, jobLabel: 'Vente en prêt-à-porter', posts: 1 }
  const filled = await note(seller, 169)
  await as(people.claire, 'POST', `/needs/${filled.id}/taking`, undefined, day(160))
  const hire = { number: 1, contract: 'cdi', hiredOn: day(78) }
  await as(people.claire, 'POST', `/needs/${filled.id}/hires`, hire, day(76))
  const open = await note({ kind: 'immersion', jobLabel: 'Découverte de la vente' }, 12)
  const asked = { toOrganisationIds: [organisations.missionLocale.id], words: 'Reçoit volontiers un débutant.' }
  await as<Reply<typeof proposeNeed>>(people.claire, 'POST', `/needs/${open.id}/proposals`, asked, day(11))
}

/** What an advisor kept in a spreadsheet: it completes the cards, and takes the place of nothing (CAM-10, EST-6). */
const layFile = async (as: As, [first, second, residence]: readonly string[], on: string) => {
  const manager = { civility: 'Mme', givenName: 'Oriane', familyName: 'Castelbon' }
  const rows = [
    { siret: first, ...manager, phone: '05 36 49 12 09', notes: 'Prend les appels en fin de matinée.' },
    { siret: second, ...manager, notes: 'Réserve à l’étage, sans ascenseur.' },
    {
      siret: residence,
      civility: 'M.',
      givenName: 'Thierry',
      familyName: 'Malgouyre',
      role: 'Directeur',
      day: addDays(on, -210),
      channel: 'visite',
      result: 'pas-de-besoin',
      notes: 'Présentation de nos services.',
    },
  ].map((row, n) => ({ line: n + 2, ...row }))
  const act = (path: string, body?: object) =>
    as<Reply<typeof openEmployerFile>>(people.nadia, 'POST', `/employer-files${path}`, body, on)
  const { id } = await act('', {
    fileName: 'mes-employeurs.csv',
    sha256: '0c'.repeat(32),
    rows: rows.length,
    visibility: 'reseau',
  })
  await act(`/${id}/rows`, { rows })
  for (const [asked, state] of [
    ['trial', 'tried'],
    ['confirm', 'done'],
  ] as const) {
    await act(`/${id}/${asked}`)
    while ((await act(`/${id}/advance`)).state !== state);
  }
}

/** The first of these employers tells a whole card: each of its blocks has something to show (EST-3). */
export const layWholeCard = async ({ as }: ActingPeople, sirets: readonly string[], today: string) => {
  const day = (ago: number) => addDays(today, -ago)
  const first = sirets[0]!
  await layColleagues(as, first, day)
  await layTerrain(as, first, day)
  await layPromises(as, first, day)
  await layAsked(as, first, day)
  const service = {
    kind: 'conseil',
    usedOn: day(150),
    result: 'abouti',
    words: 'Fiche de poste récrite avec la gérante',
  }
  await as(people.nadia, 'POST', `/establishments/${first}/services`, service, day(150))
  await layFile(as, sirets, day(20))
}
