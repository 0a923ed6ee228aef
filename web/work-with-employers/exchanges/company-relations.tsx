import { useQuery } from '@tanstack/react-query'
import { theStructure, toStructure } from '../../../contract/names-in-french.ts'
import { PersonLink, PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatCount, formatDay, formatShortDay } from '../../platform/format.ts'
import { type Line, lineName, shortOrganisation, townWords } from '../../platform/names.ts'
import { useMe } from '../../platform/session.ts'
import { Link, Loaded } from '../../ui/index.ts'
import { LineMarks } from '../campaigns/employer-name.tsx'
import { targetStatusWords } from '../campaigns/words.ts'
import { CompanyList } from './company-list.tsx'
import { companyRelationsQuery, type Held, type HeldElsewhere, type Relations } from './company-queries.ts'
import { contactWords } from './contact-words.tsx'
import { plannedWords } from './words.ts'

/** « en cours, 2 contacts, le dernier le 3 mars 2027 ». */
const stateWords = ({
  status,
  contactCount,
  lastContactOn,
}: Pick<Held, 'status' | 'contactCount' | 'lastContactOn'>) => {
  const contacts = lastContactOn
    ? `${formatCount(contactCount, 'contact')}, le dernier le ${formatDay(lastContactOn)}`
    : 'pas encore de contact'
  return `${targetStatusWords[status].word.toLowerCase()}, ${contacts}`
}

/** « Suivi par Claire Dufau, la CC Jalle-Eau-Bourde, campagne Bâtiment : en cours, pas encore de contact ». */
const HeldWords = ({ held }: { held: Held }) => {
  const { organisation, person, campaign, entrusted } = held
  const { account } = useMe()
  const structure = theStructure(shortOrganisation(organisation.name))
  return (
    <>
      {!entrusted ? (
        `Ciblé par ${structure}, sans personne qui s’en occupe encore`
      ) : person === null ? (
        `Confié ${toStructure(shortOrganisation(organisation.name))}`
      ) : person.id === account.id ? (
        'Suivi par vous'
      ) : (
        <>
          Suivi par <PersonLink person={person} />, {structure}
        </>
      )}
      , campagne <Link href={`/campagnes/${campaign.id}`}>{campaign.name}</Link> : {stateWords(held)}
    </>
  )
}

/**
 * « Retenu par la mission locale des Graves jusqu’au 15 mars 2027, dans une campagne que vous ne lisez pas : en cours, 2 contacts, le
 * dernier le 3 mars 2027 »; shared without a hold, « Ciblé aussi par… ».
 */
const heldElsewhereWords = ({ organisation, held, until, ...where }: HeldElsewhere) =>
  `${held ? 'Retenu' : 'Ciblé aussi'} par ${theStructure(shortOrganisation(organisation.name))} jusqu’au ${formatDay(until)}, dans une campagne que vous ne lisez pas : ${stateWords(where)}`
const elsewhereKey = ({ establishment, organisation, held, status }: HeldElsewhere) =>
  `${establishment.siret} ${organisation.id} ${held} ${status}`

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

const Told = ({ siret, relations }: { siret: string; relations: Relations }) => {
  const { held, heldElsewhere, contacts, planned, commitments, correspondents, headOffice, contactsThisMonth } =
    relations
  const isHere = ({ establishment }: { establishment: Line }) => establishment.siret === siret
  const isBeside = (one: { establishment: Line }) => !isHere(one)
  const here = held.filter(isHere)
  const elsewhere = heldElsewhere.filter(isHere)
  const beside = [contacts, planned, commitments, correspondents, held.filter(isBeside), heldElsewhere.filter(isBeside)]
  return (
    <>
      {here.length + elsewhere.length > 0 && (
        <ul className="cc-known fr-mt-1w">
          {here.map(one => (
            <li key={one.campaign.id}>
              <HeldWords held={one} />
            </li>
          ))}
          {elsewhere.map(one => (
            <li key={elsewhereKey(one)}>{heldElsewhereWords(one)}</li>
          ))}
        </ul>
      )}
      {(headOffice !== null || beside.some(list => list.length > 0)) && (
        <>
          <h3 className="fr-text--md fr-mb-1v fr-mt-2w">Dans la même entreprise</h3>
          {headOffice && (
            <p className="fr-mb-1v">
              <Where line={headOffice} /> : siège, qui décide pour l’entreprise.
            </p>
          )}
          {contactsThisMonth > 0 && (
            <p className="fr-mb-1v">
              Le réseau y a noté {formatCount(contactsThisMonth, 'contact')} ce mois-ci, dans d’autres établissements.
            </p>
          )}
          <Beside siret={siret} relations={relations} isBeside={isBeside} />
        </>
      )}
    </>
  )
}

const Beside = ({
  siret,
  relations: { held, heldElsewhere, contacts, planned, commitments, correspondents },
  isBeside,
}: {
  siret: string
  relations: Relations
  isBeside: (one: { establishment: Line }) => boolean
}) => (
  <>
    <CompanyList
      siret={siret}
      list="contacts"
      first={contacts}
      all="Tous les contacts de l’entreprise"
      line={contact => (
        <li key={`${contact.establishment.siret} ${contact.occurredOn} ${contact.exchangeId}`}>
          <Where line={contact.establishment} /> : {formatDay(contact.occurredOn)} — {contactWords(contact, true)}
        </li>
      )}
    />
    <CompanyList
      siret={siret}
      list="planned"
      first={planned}
      all="Tout ce qui est prévu dans l’entreprise"
      line={({ establishment, organisation, owner, ...next }) => (
        <li key={`${establishment.siret} ${next.dueOn} ${next.kind} ${owner.id}`}>
          <Where line={establishment} /> : {plannedWords(next).toLowerCase()}, par{' '}
          <PersonOf person={owner} structure={shortOrganisation(organisation.name)} />
        </li>
      )}
    />
    <CompanyList
      siret={siret}
      list="correspondents"
      first={correspondents}
      all="Tous les interlocuteurs de l’entreprise"
      line={({ id, establishment, correspondent, role }) => (
        <li key={id}>
          <Where line={establishment} /> : interlocuteur {correspondent}
          {role && `, ${role}`}
          {establishment.headOffice && ', au siège'}
        </li>
      )}
    />
    <CompanyList
      siret={siret}
      list="commitments"
      first={commitments}
      all="Tous les engagements de l’entreprise"
      line={({ establishment, label, until }) => (
        <li key={`${establishment.siret} ${label}`}>
          <Where line={establishment} /> : {label}
          {until && `, jusqu’au ${formatDay(until)}`}
        </li>
      )}
    />
    <CompanyList
      siret={siret}
      list="held"
      first={held}
      only={isBeside}
      all="Tous les établissements suivis"
      line={one => (
        <li key={`${one.establishment.siret} ${one.campaign.id}`}>
          <Where line={one.establishment} /> : <HeldWords held={one} />
        </li>
      )}
    />
    <CompanyList
      siret={siret}
      list="heldElsewhere"
      first={heldElsewhere}
      only={isBeside}
      all="Tous les établissements retenus ou ciblés"
      line={one => (
        <li key={elsewhereKey(one)}>
          <Where line={one.establishment} /> : {heldElsewhereWords(one)}
        </li>
      )}
    />
  </>
)

/** The same in short, where an exchange is recorded: who holds it, the last contact next door. */
export const CompanyBrief = ({ siret }: { siret: string }) => {
  const { data } = useQuery(companyRelationsQuery(siret))
  const [last] = data?.contacts ?? []
  const elsewhere = data?.heldElsewhere.filter(({ establishment }) => establishment.siret === siret) ?? []
  const town = last && townWords(last.establishment.town)
  return (
    <>
      {elsewhere.map(one => (
        <p key={elsewhereKey(one)}>{heldElsewhereWords(one)}.</p>
      ))}
      {last && (
        <p>
          Même entreprise{town && `, à ${town}`} : {formatShortDay(last.occurredOn)}, {contactWords(last)}.
        </p>
      )}
    </>
  )
}
