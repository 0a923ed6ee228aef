import type pg from 'pg'
import type { Reply } from '../../contract/route.ts'
import type { addCorrespondent } from '../../contract/work-with-employers/correspondents.ts'
import { people, type StandInPerson } from '../../server/demonstration/stand-in/people.ts'
import { addDays } from '../../server/platform/time.ts'
import type { ActingPeople } from './acting.ts'
import { layReferents } from './referents.ts'
import { layWholeCard } from './whole-card.ts'

/** Days before today, who, what they did and heard; `met`: the correspondent. Outside any campaign, as most of it is. */
type Told = readonly [ago: number, by: 'claire' | 'karim' | 'nadia' | 'paul', met: boolean, said: object]
const shop: readonly Told[] = [
  [
    182,
    'claire',
    false,
    {
      channel: 'telephone',
      result: 'mauvais-interlocuteur',
      notes: 'La vendeuse renvoie vers la gérante, présente le mardi.',
    },
  ],
  [
    176,
    'claire',
    true,
    { channel: 'telephone', result: 'rendez-vous-pris', notes: 'Reçoit volontiers, hors période de soldes.' },
  ],
  [
    169,
    'claire',
    true,
    {
      channel: 'visite',
      result: 'besoin-detecte',
      need: 'Une vendeuse en CDI, temps partiel',
      notes: 'Deux boutiques, une même équipe. Prête à former quelqu’un qui débute.',
    },
  ],
  [
    131,
    'karim',
    true,
    {
      channel: 'courriel',
      result: 'pas-de-besoin',
      notes: 'Trois profils envoyés ; rien ne presse avant l’inventaire.',
    },
  ],
  [
    118,
    'karim',
    true,
    {
      channel: 'visio',
      result: 'besoin-detecte',
      need: 'Une immersion de deux semaines',
      notes: 'Veut voir la personne au travail avant de décider.',
    },
  ],
  [
    76,
    'nadia',
    true,
    { channel: 'visite', result: 'pas-de-besoin', notes: 'Immersion réussie, contrat signé. Contente du suivi.' },
  ],
]
const beside: readonly Told[] = [
  [
    160,
    'claire',
    true,
    { channel: 'visite', result: 'pas-de-besoin', notes: 'Même gérante que l’autre boutique ; équipe complète.' },
  ],
  [
    84,
    'paul',
    true,
    {
      channel: 'evenement',
      result: 'besoin-detecte',
      need: 'Un renfort pour les fêtes',
      notes: 'Rencontrée au forum de l’emploi.',
    },
  ],
]
const home: readonly Told[] = [
  [
    180,
    'karim',
    false,
    { channel: 'evenement', result: 'rendez-vous-pris', notes: 'Stand au forum des métiers du soin.' },
  ],
  [
    172,
    'karim',
    true,
    {
      channel: 'visite',
      result: 'besoin-detecte',
      need: 'Deux aides-soignantes de nuit',
      notes: 'Roulement difficile depuis le printemps.',
    },
  ],
  [
    140,
    'paul',
    true,
    {
      channel: 'telephone',
      result: 'deja-suivi',
      notes: 'Accepterait un parcours d’insertion, à voir avec la cadre de santé.',
    },
  ],
  [
    126,
    'paul',
    true,
    {
      channel: 'visite',
      result: 'besoin-detecte',
      need: 'Un agent de service, en parcours',
      notes: 'La cadre accompagne elle-même les deux premières semaines.',
    },
  ],
  [
    91,
    'nadia',
    true,
    {
      channel: 'telephone',
      result: 'pas-de-besoin',
      visibility: 'organisation',
      notes: 'Traverse un conflit interne ; laisser passer l’automne.',
    },
  ],
  [63, 'karim', true, { channel: 'courriel', result: 'pas-de-besoin', notes: 'Les deux postes de nuit sont pourvus.' }],
]

/** The last two shops of one firm that no campaign aims at, and the last of another activity: always the same ones. */
const chosen = async (owner: pg.Client, clpeId: number): Promise<readonly string[]> => {
  const free = `active and employer and diffusion = 'O' and clpe_id = ${clpeId}
    and not exists (select from campaign_targets t where t.siret = e.siret)`
  const { rows } = await owner.query<{ siret: string }>(
    `with free as (select siret, siren, naf from establishments e where ${free}),
      pair as (select siren from free group by siren having count(*) > 1 order by siren desc limit 1)
    select lpad(siret::text, 14, '0') as siret from (
      (select siret, 0 as rank from free join pair using (siren) order by siret limit 2) union all
      (select siret, 1 from free where naf like '87%' and siren not in (select siren from pair) order by siret desc limit 1)
    ) c order by rank, siret`,
  )
  return rows.map(({ siret }) => siret)
}

/** Six months with employers that the network knows: visits, needs, notes, a person who answers for two shops (EST-8). */
export const layKnownEmployers = async (acting: ActingPeople, owner: pg.Client, clpeId: number, today: string) => {
  const { as } = acting
  const [first, second, residence] = await chosen(owner, clpeId)
  if (!first || !second || !residence) throw new Error('demonstration: a firm of two shops and a home for the elderly')
  type Person = Reply<typeof addCorrespondent>
  const person = (by: StandInPerson, siret: string, values: object, ago: number) =>
    as<Person>(by, 'POST', `/establishments/${siret}/correspondents`, { values }, addDays(today, -ago))
  const manager = await person(
    people.claire,
    first,
    {
      civility: 'Mme',
      givenName: 'Oriane',
      familyName: 'Castelbon',
      role: 'Gérante',
      phone: '05 36 49 12 01',
    },
    177,
  )
  await as(
    people.claire,
    'PUT',
    `/establishments/${second}/correspondents/${manager.id}/link`,
    undefined,
    addDays(today, -160),
    manager.version,
  )
  const nurse = await person(
    people.karim,
    residence,
    {
      civility: 'Mme',
      givenName: 'Yamina',
      familyName: 'Feuillerac',
      role: 'Cadre de santé',
      phone: '05 36 49 12 02',
    },
    172,
  )
  for (const [siret, told, met] of [
    [first, shop, manager],
    [second, beside, manager],
    [residence, home, nurse],
  ] as const)
    for (const [ago, by, known, said] of told) {
      const day = addDays(today, -ago)
      const body = { siret, ...said, ...(known ? { correspondentId: met.id } : {}), occurredOn: day }
      await as(people[by], 'POST', '/exchanges', body, day)
    }
  await layReferents(as, [first, second, residence], today)
  for (const [siret, by, ago, notes] of [
    [first, people.nadia, 150, 'Livraisons le jeudi matin : ne pas passer ce jour-là.'],
    [
      residence,
      people.paul,
      110,
      'Le car 412 ne passe plus le dimanche : proposer le covoiturage aux équipes de nuit.',
    ],
  ] as const)
    await as(by, 'POST', `/establishments/${siret}/notes`, { notes, visibility: 'reseau' }, addDays(today, -ago))
  await layWholeCard(acting, [first, second, residence], today)
}
