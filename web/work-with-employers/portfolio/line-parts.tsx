import type { Reply } from '../../../contract/route.ts'
import type { listPortfolio } from '../../../contract/work-with-employers/portfolio.ts'
import { formatPhone, formatShortDay } from '../../platform/format.ts'
import { isClosed, lineName } from '../../platform/names.ts'
import { Link } from '../../ui/index.ts'
import { EmployerMarks } from '../campaigns/employer-name.tsx'
import { employerName, resultWords } from '../exchanges/words.ts'

/* A line of the day's work, on the home page and in the portfolio. */
export type Line = Reply<typeof listPortfolio>['items'][number]

/** An employer that the register does not have yet is named by its action. */
export const nameOf = ({ establishment, nextAction }: Line) =>
  nextAction?.establishmentName ? employerName(nextAction) : lineName(establishment)

export const keyOf = ({ campaign, establishment, nextAction }: Line) =>
  nextAction?.id ?? `${campaign?.id}/${establishment.siret}`

/** What the panel is opened with: the action of the line is the one it answers. */
export const recordingOf = (line: Line) => ({
  siret: line.establishment.siret,
  name: nameOf(line),
  campaignId: line.campaign?.id,
  actionId: line.nextAction?.id,
})

export const Employer = ({ line }: { line: Line }) => (
  <span>
    {nameOf(line)}
    <EmployerMarks siret={line.establishment.siret} closed={line.nextAction?.closed || isClosed(line.establishment)} />
  </span>
)

/** The number to press, with whose it is. */
export const Call = ({ line }: { line: Line }) =>
  line.phone ? (
    <Link className="fr-link fr-icon-phone-line fr-link--icon-left cc-call" href={`tel:${line.phone}`}>
      <span className="fr-sr-only">Appeler {line.correspondent ?? nameOf(line)} au </span>
      {formatPhone(line.phone)}
    </Link>
  ) : null

/** Who was met or is known there, what came out of it, and the last words noted. */
export const LastWords = ({ line: { said, correspondent } }: { line: Line }) => {
  const person = said?.personMet ?? correspondent
  if (!said) return person ? <span>{person}</span> : null
  return (
    <span className="cc-last-words">
      {person && <strong className="cc-last-words__who">{person}</strong>}
      <span>
        {said.need ?? resultWords(said).word}, le {formatShortDay(said.occurredOn)}
      </span>
      {said.notes && <span className="cc-last-words__notes">« {said.notes} »</span>}
    </span>
  )
}
