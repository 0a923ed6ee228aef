import { useQuery } from '@tanstack/react-query'
import { theStructure } from '../../../contract/names-in-french.ts'
import { PersonLink, PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatCount, formatDay, formatShortDay } from '../../platform/format.ts'
import { type Line, lineName, shortOrganisation, townWords } from '../../platform/names.ts'
import { useMe } from '../../platform/session.ts'
import { Link, Loaded } from '../../ui/index.ts'
import { LineMarks } from '../campaigns/employer-name.tsx'
import { companyRelationsQuery, type Held, type Relations } from './company-queries.ts'
import { contactWords } from './contact-words.tsx'
import { plannedWords } from './words.ts'

/** « Suivi par Claire Dufau (CC Jalle-Eau-Bourde), campagne « Bâtiment » ». */
const HeldWords = ({ held: { organisation, person, campaign } }: { held: Held }) => {
  const { account } = useMe()
  const structure = theStructure(shortOrganisation(organisation.name))
  return (
    <>
      {person === null ? (
        `Confié à ${structure}`
      ) : person.id === account.id ? (
        'Suivi par vous'
      ) : (
        <>
          Suivi par <PersonLink person={person} />, {structure}
        </>
      )}
      , campagne <Link href={`/campagnes/${campaign.id}`}>{campaign.name}</Link>
    </>
  )
}

const Where = ({ line }: { line: Line }) => (
  <>
    <Link href={`/etablissements/${line.siret}`}>
      {[lineName(line), townWords(line.town)].filter(Boolean).join(', ')}
    </Link>
    <LineMarks line={line} />
  </>
)

/** Who works this employer, and what the network does next door: other establishments of its company (EST-12). */
export const CompanyRelations = ({ siret }: { siret: string }) => {
  const query = useQuery(companyRelationsQuery(siret))
  return (
    <Loaded query={query} lines={1}>
      {relations => <Told siret={siret} relations={relations} />}
    </Loaded>
  )
}

const Told = ({
  siret,
  relations: { held, contacts, planned, commitments, correspondents, contactsThisMonth },
}: {
  siret: string
  relations: Relations
}) => {
  const [here, beside] = [true, false].map(own => held.filter(one => (one.establishment.siret === siret) === own)) as [
    Held[],
    Held[],
  ]
  return (
    <>
      {here.length > 0 && (
        <ul className="cc-known fr-mt-1w">
          {here.map(one => (
            <li key={one.campaign.id}>
              <HeldWords held={one} />
            </li>
          ))}
        </ul>
      )}
      {beside.length + contacts.length + planned.length + commitments.length + correspondents.length > 0 && (
        <>
          <h3 className="fr-text--md fr-mb-1v fr-mt-2w">Dans la même entreprise</h3>
          {contactsThisMonth > 0 && (
            <p className="fr-mb-1v">
              Le réseau y a noté {formatCount(contactsThisMonth, 'contact')} ce mois-ci, dans d’autres établissements.
            </p>
          )}
          <ul className="cc-known">
            {contacts.slice(0, 3).map(contact => (
              <li key={`${contact.establishment.siret} ${contact.occurredOn} ${contact.exchangeId}`}>
                <Where line={contact.establishment} /> : {formatDay(contact.occurredOn)} — {contactWords(contact, true)}
              </li>
            ))}
            {planned.slice(0, 3).map(({ establishment, organisation, owner, ...next }) => (
              <li key={`${establishment.siret} ${next.dueOn} ${next.kind} ${owner.id}`}>
                <Where line={establishment} /> : {plannedWords(next).toLowerCase()}, par{' '}
                <PersonOf person={owner} structure={shortOrganisation(organisation.name)} />
              </li>
            ))}
            {correspondents.slice(0, 3).map(({ id, establishment, correspondent, role }) => (
              <li key={id}>
                <Where line={establishment} /> : interlocuteur {correspondent}
                {role && `, ${role}`}
              </li>
            ))}
            {commitments.slice(0, 3).map(({ establishment, label, until }) => (
              <li key={`${establishment.siret} ${label}`}>
                <Where line={establishment} /> : {label}
                {until && `, jusqu’au ${formatDay(until)}`}
              </li>
            ))}
            {beside.slice(0, 3).map(one => (
              <li key={`${one.establishment.siret} ${one.campaign.id}`}>
                <Where line={one.establishment} /> : <HeldWords held={one} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** The same in one line, where an exchange is recorded: the last contact next door. */
export const CompanyBrief = ({ siret }: { siret: string }) => {
  const { data } = useQuery(companyRelationsQuery(siret))
  const [last] = data?.contacts ?? []
  if (!last) return null
  const town = townWords(last.establishment.town)
  return (
    <p>
      Même entreprise{town && `, à ${town}`} : {formatShortDay(last.occurredOn)}, {contactWords(last)}.
    </p>
  )
}
