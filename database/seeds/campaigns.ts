import { organisations, people, type StandInPerson } from '../../server/demonstration/stand-in/people.ts'
import { addDays } from '../../server/platform/time.ts'
import type { ActingPeople } from './acting.ts'
import { closed, planned, said } from './exchanges.ts'

const { jalleEauBourde, missionLocale, plie, franceTravail, montesquieu } = organisations
const members = (...some: { id: string }[]) => some.map(o => o.id)
const accounts = (...some: StandInPerson[]) => some.map(person => person.accountId!)

/** A campaign that is over. Answers its targets. */
export const layPastCampaign = async (
  { as, prepare, targetsOf, before }: ActingPeople,
  clpeId: number,
  today: string,
) => {
  const past = await prepare(
    people.ines,
    {
      name: 'Emplois d’été dans la restauration',
      purpose: 'fidelisation',
      description: 'Reprendre contact avec les restaurateurs qui ont recruté des saisonniers l’an passé.',
      territoryId: clpeId,
      startsOn: addDays(today, -190),
      endsOn: addDays(today, -70),
      memberIds: members(jalleEauBourde, missionLocale, montesquieu),
      contactDelayDays: 30,
      leadIds: accounts(people.ines),
      goals: [
        { kind: 'etablissements-contactes', value: 30 },
        { kind: 'besoins', value: 8 },
      ],
      step: 'etablissements',
    },
    { activities: ['56'], employer: true },
    addDays(today, -195),
  )
  await as(people.ines, 'POST', `/campaigns/${past}/open`, undefined, addDays(today, -190))
  const summer = await targetsOf(past, people.ines)
  for (const [n, siret] of summer.slice(0, 34).entries()) {
    const [person, day] = [n % 2 ? people.karim : people.claire, addDays(today, -185 + n * 3)] as const
    await before(person, past, siret, n, day)
    await as(
      person,
      'POST',
      '/exchanges',
      { siret, campaignId: past, ...closed[n % closed.length]!, occurredOn: day, nextAction: null },
      day,
    )
  }
  await as(people.ines, 'POST', `/campaigns/${past}/close`, undefined, addDays(today, -69))
  return summer
}

/** A campaign under way. Answers its targets. */
export const layOpenCampaign = async (acting: ActingPeople, clpeId: number, today: string) => {
  const { as, prepare, targetsOf } = acting
  const open = await prepare(
    people.ines,
    {
      name: 'Apprentissage dans le bâtiment',
      purpose: 'prospection',
      description:
        'Faire connaître l’apprentissage aux entreprises du bâtiment de trois salariés et plus, avant les inscriptions de printemps.',
      territoryId: clpeId,
      startsOn: addDays(today, -42),
      endsOn: addDays(today, 75),
      memberIds: members(jalleEauBourde, missionLocale, plie, franceTravail, montesquieu),
      contactDelayDays: 30,
      leadIds: accounts(people.ines, people.paul),
      goals: [
        { kind: 'etablissements-contactes', value: 80 },
        { kind: 'rendez-vous', value: 15 },
        { kind: 'besoins', value: 20 },
      ],
      step: 'etablissements',
    },
    { activities: ['41', '43'], employer: true },
    addDays(today, -45),
  )
  await as(people.ines, 'POST', `/campaigns/${open}/open`, undefined, addDays(today, -42))
  const building = await targetsOf(open, people.ines)
  await layExchanges(acting, open, building, today)
  // Some taken long ago and left there: what is stuck.
  for (const [n, siret] of building.slice(46, 50).entries())
    await as(
      people.claire,
      'POST',
      `/campaigns/${open}/targets/${siret}/take`,
      undefined,
      n < 2 ? addDays(today, -17) : today,
    )
  for (const [n, siret] of building.slice(50, 53).entries())
    await as(
      people.karim,
      'POST',
      `/campaigns/${open}/targets/${siret}/take`,
      undefined,
      n < 1 ? addDays(today, -20) : today,
    )
  return building
}

const layExchanges = async ({ as, before }: ActingPeople, open: string, building: readonly string[], today: string) => {
  const team = [people.claire, people.karim, people.nadia, people.claire, people.paul]
  for (const [n, siret] of building.slice(0, 46).entries()) {
    const day = addDays(today, -40 + Math.floor(n * 0.85))
    const what = said[(n * 5 + 1) % said.length]!
    const due = addDays(today, [-3, 0, 1, 4, 9, 16][n % 6]!)
    await before(team[n % team.length]!, open, siret, n, day)
    await as(
      team[n % team.length]!,
      'POST',
      '/exchanges',
      {
        siret,
        campaignId: open,
        ...what,
        occurredOn: day,
        visibility: n % 11 === 3 ? 'organisation' : 'reseau',
        nextAction: planned(what.result, due, n),
      },
      day,
    )
  }
}

/** A draft that meets the open one: its pilot has conflicts to decide. */
export const layDraftCampaign = async ({ prepare }: ActingPeople, clpeId: number, today: string) => {
  await prepare(
    people.paul,
    {
      name: 'Artisans du second œuvre',
      purpose: 'prospection',
      description: 'Proposer des parcours d’insertion aux artisans qui peinent à recruter.',
      territoryId: clpeId,
      startsOn: addDays(today, 7),
      endsOn: addDays(today, 120),
      memberIds: members(plie, missionLocale),
      contactDelayDays: 30,
      leadIds: accounts(people.paul),
      goals: [{ kind: 'etablissements-contactes', value: 60 }],
      step: 'etablissements',
    },
    { activities: ['43.3', '43.9', '96'], employer: true },
    today,
  )
}
