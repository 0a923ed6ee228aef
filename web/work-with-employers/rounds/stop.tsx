import { cautionLabels, nextDoorWords } from '../../../contract/work-with-employers/rounds.ts'
import { PersonOf } from '../../people-and-rights/directory/person-link.tsx'
import { formatDay, formatPhone, formatShortDay, formatTime } from '../../platform/format.ts'
import { lineName, shortOrganisation, townWords } from '../../platform/names.ts'
import { Button, Link } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import { Due } from '../exchanges/next-action-parts.tsx'
import { actionWords, channelWords, plannedWords, resultWords } from '../exchanges/words.ts'
import { directions } from '../portfolio/distance.ts'
import { hourOn, type Stop } from './queries.ts'

export interface StopActs {
  readonly onRecord: (stop: Stop) => void
  readonly onRemove: (stop: Stop) => void
  readonly onSheet: (stop: Stop) => void
}

const inWords: Parameters<typeof nextDoorWords>[1] = {
  place: line => [lineName(line), townWords(line.town)].filter(Boolean).join(', '),
  day: formatDay,
  structure: shortOrganisation,
}

/** All that one needs before a door: where, whom to ask for, what to know, and one press to call, go or record. */
export const StopLine = ({ stop, day, ...acts }: { stop: Stop; day: string } & StopActs) => {
  const { establishment, address, cautions, nextDoor } = stop
  const hour = hourOn(stop, day)
  return (
    <article className="cc-stop">
      <h3 className="cc-stop__name">
        {hour && <span className="cc-stop__hour">{formatTime(hour)}</span>}
        <Link href={`/etablissements/${establishment.siret}`}>
          <EmployerName line={establishment} />
        </Link>
      </h3>
      <p className="cc-stop__place">{address ?? townWords(establishment.town) ?? 'Adresse inconnue'}</p>
      <Acts stop={stop} {...acts} />
      {(cautions.length > 0 || nextDoor) && (
        <ul className="cc-stop__cautions">
          {cautions.map(caution => (
            <li key={caution}>{cautionLabels[caution]}</li>
          ))}
          {nextDoor && <li>{nextDoorWords(nextDoor, inWords)}</li>}
        </ul>
      )}
      <Known stop={stop} />
    </article>
  )
}

const Acts = ({ stop, onRecord, onRemove, onSheet }: { stop: Stop } & StopActs) => {
  const name = lineName(stop.establishment)
  const [person] = stop.people
  return (
    <div className="cc-stop__acts">
      {person?.phone && (
        <a
          className="fr-btn fr-btn--secondary fr-btn--icon-left fr-icon-phone-line cc-call"
          href={`tel:${person.phone}`}
        >
          <span className="fr-sr-only">Appeler {person.correspondent ?? name} au </span>
          {formatPhone(person.phone)}
        </a>
      )}
      {stop.position && (
        <Button priority="secondary" icon="fr-icon-map-pin-2-line" href={directions(stop.position)} target="_blank">
          Itinéraire<span className="fr-sr-only"> vers {name}, sur OpenStreetMap, nouvelle fenêtre</span>
        </Button>
      )}
      {stop.allowed.includes('record') && (
        <Button icon="fr-icon-add-line" onClick={() => onRecord(stop)}>
          Échange<span className="fr-sr-only"> avec {name}</span>
        </Button>
      )}
      <Button priority="tertiary no outline" onClick={() => onSheet(stop)}>
        Fiche<span className="fr-sr-only"> de visite : {name}</span>
      </Button>
      <Button priority="tertiary no outline" onClick={() => onRemove(stop)}>
        Retirer<span className="fr-sr-only"> de la tournée : {name}</span>
      </Button>
    </div>
  )
}

const Known = ({ stop: { people, action, planned, lastContacts, commitments } }: { stop: Stop }) => (
  <dl className="cc-stop__known">
    {people.length > 0 && (
      <div>
        <dt>À qui s’adresser</dt>
        {people.map(({ correspondent, role, phone }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that never moves
          <dd key={at}>
            {[correspondent ?? 'Sans nom', role, at > 0 && phone && formatPhone(phone)].filter(Boolean).join(', ')}
          </dd>
        ))}
      </div>
    )}
    {(action || planned.length > 0) && (
      <div>
        <dt>Prévu</dt>
        {action && (
          <dd>
            {actionWords[action.kind]} <Due action={action} />
          </dd>
        )}
        {planned.map(one => (
          <dd key={`${one.owner.id} ${one.dueOn} ${one.kind}`}>
            {plannedWords(one)}, par <PersonOf person={one.owner} structure={one.organisation.name} />
          </dd>
        ))}
      </div>
    )}
    {commitments.length > 0 && (
      <div>
        <dt>Engagements</dt>
        <dd>{commitments.join(', ')}</dd>
      </div>
    )}
    <div className="cc-stop__said">
      <dt>Derniers mots</dt>
      <LastWords contacts={lastContacts} />
    </div>
  </dl>
)

const LastWords = ({ contacts }: { contacts: Stop['lastContacts'] }) => {
  if (contacts === null) return <dd>Les échanges avec cet employeur sont hors de votre périmètre.</dd>
  const [last] = contacts
  if (!last) return <dd>Le réseau n’a encore noté aucun échange.</dd>
  const { channel, result, organisation, occurredOn, personMet, notes } = last
  return (
    <dd>
      {formatShortDay(occurredOn)}, {organisation.name}
      {channel && result ? (
        <>
          , {channelWords[channel].toLowerCase()} : {resultWords({ ...last, result }).word.toLowerCase()}
          {personMet && `, ${personMet}`}
        </>
      ) : (
        <em> (contenu réservé à cette structure)</em>
      )}
      {notes && <span className="cc-stop__notes">« {notes} »</span>}
    </dd>
  )
}
