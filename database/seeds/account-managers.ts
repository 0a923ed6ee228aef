import { organisations, people, type StandInPerson } from '../../server/demonstration/stand-in/people.ts'
import type { ActingPeople } from './acting.ts'

type As = <T>(person: StandInPerson, method: 'GET' | 'POST', path: string, body?: object) => Promise<T>
interface Deed {
  readonly id: string
  readonly digest: string
  readonly members: readonly { readonly person: { readonly id: string } }[]
}

/** A colleague who has no account yet: the deed opens it. */
const newcomer = (of: StandInPerson, givenName: string, usualName: string, email: string): StandInPerson => ({
  ...of,
  id: email,
  accountId: null,
  givenName,
  usualName,
  email,
})

/**
 * Who manages whose accounts: two structures whose gate is open, and one whose second deed, after a refusal, awaits the
 * operator's answer. And an account that was blocked, and is no more. The only signatory is named with a colleague (ACC-4).
 */
export const layAccountManagers = async (as: As, sent: ActingPeople['sent'], today: string) => {
  const propose = (
    by: StandInPerson,
    address: string,
    title: string,
    ...named: readonly (readonly [StandInPerson, 'titulaire' | 'suppleant', string])[]
  ) =>
    as<Deed>(by, 'POST', '/rgc/deeds', {
      address,
      signatoryId: by.accountId,
      signatoryTitle: title,
      conditionsGiven: true,
      members: named.map(([p, position, bornOn], n) => ({
        position,
        givenName: p.givenName,
        familyName: p.usualName,
        bornOn,
        telephone: `05 00 00 00 ${10 + n}`,
        email: p.email,
        staff: 'permanent',
      })),
    })
  const sign = (person: StandInPerson, deed: Deed) =>
    as(person, 'POST', `/rgc/deeds/${deed.id}/sign`, { digest: deed.digest })
  const certificate = async (person: StandInPerson) =>
    as(people.odile, 'POST', '/rgc/certificates', {
      accountId: person.accountId,
      issuedOn: today,
      file: await sent(
        people.odile,
        'attestation-module-rgc.pdf',
        Buffer.from('%PDF-1.7\n% Attestation de démonstration\n%%EOF\n'),
      ),
    })

  const jalle = await propose(people.gilles, '2 place de la Jalle, 33650 La Brède', 'Vice-président', [
    people.maite,
    'titulaire',
    '1974-05-12',
  ])
  await sign(people.maite, jalle)
  await sign(people.gilles, jalle)
  await certificate(people.maite)

  const signs = (person: StandInPerson, deed: Deed, rank: number) =>
    sign({ ...person, accountId: deed.members[rank]!.person.id }, deed)

  const nicole = newcomer(people.bruno, 'Nicole', 'Tastet', 'nicole.tastet@mission-locale-graves.example')
  const mission = await propose(
    people.bruno,
    '14 rue des Graves, 33140 Cadaujac',
    'Directeur',
    [people.bruno, 'titulaire', '1969-11-03'],
    [nicole, 'suppleant', '1978-04-21'],
  )
  await sign(people.bruno, mission)
  await signs(nicole, mission, 1)
  await certificate(people.bruno)

  const plie = (...named: readonly (readonly [StandInPerson, 'titulaire' | 'suppleant', string])[]) =>
    propose(
      people.paul,
      '7 avenue des Portes, 33140 Villenave-d’Ornon',
      `Directeur du ${organisations.plie.name}`,
      ...named,
    )
  const helene = newcomer(people.paul, 'Hélène', 'Castet', 'helene.castet@plie-portes-du-sud.example')
  const first = await plie([helene, 'titulaire', '1990-07-14'])
  await signs(helene, first, 0)
  await sign(people.paul, first)
  await as(people.odile, 'POST', `/rgc/deeds/${first.id}/decision`, {
    kind: 'refus',
    reason: 'La personne désignée quitte la structure à la fin du mois.',
  })
  const simon = newcomer(people.paul, 'Simon', 'Ducos', 'simon.ducos@plie-portes-du-sud.example')
  const second = await plie([people.paul, 'titulaire', '1981-02-28'], [simon, 'suppleant', '1986-09-02'])
  await sign(people.paul, second)
  await signs(simon, second, 1)

  const block = await as<{ id: string }>(people.odile, 'POST', '/security/blocks', {
    accountId: people.karim.accountId,
    reason: 'Téléphone professionnel déclaré perdu, session peut-être ouverte',
    incident: 'INC-2026-041',
  })
  await as(people.odile, 'POST', `/security/blocks/${block.id}/lift`, {
    verdict: 'Téléphone retrouvé, aucun accès constaté, second facteur remplacé.',
  })
}
