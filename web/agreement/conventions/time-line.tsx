import { dayOf, daysBetween, formatDay, formatShortDay, today } from '../../platform/format.ts'
import { type Convention, isContested, lastDay, ofParty, partyWords, signedOn } from './words.ts'
import './conventions.css'

interface Mark {
  readonly day: string
  readonly label: string
  readonly kind: 'signature' | 'term' | 'notice' | 'end' | 'amendment' | 'today'
}

/** What its sender renounced or contests has no effect. */
const stands = (letter: Convention['notices'][number] | Convention['breaches'][number]) =>
  !letter.withdrawn && !isContested(letter)
const marksOf = (c: Convention): Mark[] =>
  [
    ...c.signatures
      .filter(s => s.amendmentId === null && s.documentId === c.documentId)
      .map(s => ({
        day: signedOn(s),
        label: `signature ${isContested(s) ? 'contestée ' : ''}${ofParty(s.party, c)}`,
        kind: 'signature' as const,
      })),
    ...(c.effectiveFrom ? [{ day: dayOf(c.effectiveFrom), label: 'prise d’effet', kind: 'signature' as const }] : []),
    ...c.amendments
      .filter(a => a.effectiveAt !== null)
      .map(a => ({ day: dayOf(a.effectiveAt!), label: `avenant n° ${a.number}`, kind: 'amendment' as const })),
    ...c.notices
      .filter(n => n.receivedOn && stands(n))
      .map(n => ({ day: n.receivedOn!, label: `congé ${ofParty(n.party, c)} reçu`, kind: 'notice' as const })),
    ...c.breaches
      .filter(b => b.endsAt && stands(b))
      .map(b => ({
        day: [b.presentedOn, b.deliveredOn].filter(day => day !== null).toSorted()[0]!,
        label: `manquement notifié par ${partyWords(b.party, c)}`,
        kind: 'notice' as const,
      })),
    ...c.terms
      .filter(day => !c.endsAt || day < lastDay(c.endsAt))
      .map((day, n) => ({
        day,
        label: n === 0 && (c.term === null || c.term.renewal === 0) ? 'fin de la première période' : 'reconduction',
        kind: 'term' as const,
      })),
    ...(c.endsAt ? [{ day: lastDay(c.endsAt), label: 'fin de la convention', kind: 'end' as const }] : []),
    { day: today(), label: 'aujourd’hui', kind: 'today' as const },
  ].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))

/** The clock of a convention as a line of time. The same is written below it, day by day, for who does not see it. */
export const ConventionTimeLine = ({ convention }: { convention: Convention }) => {
  const marks = marksOf(convention)
  const [from, until] = [marks[0]!.day, marks.at(-1)!.day]
  const length = Math.max(1, daysBetween(from, until))
  const x = (day: string) => 2 + (daysBetween(from, day) / length) * 96
  const start = convention.effectiveFrom && dayOf(convention.effectiveFrom)
  const end = convention.endsAt ? lastDay(convention.endsAt) : until
  return (
    <figure className="cc-clock">
      <svg
        viewBox="0 0 100 12"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Ligne de temps : ${marks.map(({ day, label }) => `${formatDay(day)}, ${label}`).join(' ; ')}.`}
      >
        <line x1="2" x2="98" y1="6" y2="6" className="cc-clock__rest" />
        {start && <line x1={x(start)} x2={x(end)} y1="6" y2="6" className="cc-clock__life" />}
        {start && start < today() && (
          <line x1={x(start)} x2={x(today() < end ? today() : end)} y1="6" y2="6" className="cc-clock__past" />
        )}
        {marks.map(({ day, label, kind }) => (
          <line
            key={`${day} ${label}`}
            x1={x(day)}
            x2={x(day)}
            y1={kind === 'today' ? 0 : 2}
            y2={kind === 'today' ? 12 : 10}
            className={`cc-clock__mark cc-clock__mark--${kind}`}
          />
        ))}
      </svg>
      <figcaption>
        <ul className="fr-raw-list cc-clock__days">
          {[...Map.groupBy(marks, mark => mark.day)].map(([day, all]) => (
            <li key={day} className={`cc-clock__day ${all.map(({ kind }) => `cc-clock__day--${kind}`).join(' ')}`}>
              <time dateTime={day}>{formatShortDay(day)}</time> <span>{all.map(({ label }) => label).join(', ')}</span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}
