import { useQuery } from '@tanstack/react-query'
import { memo, type ReactNode, useRef, useState } from 'react'
import { toStructure } from '../../../contract/names-in-french.ts'
import { resultLabels } from '../../../contract/work-with-employers/exchanges.ts'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { Badge, Button, ButtonRow, Link, type ListItemProps, Loaded, Section, sameLine } from '../../ui/index.ts'
import { CancelExchange, CorrectExchange } from './correct-exchange.tsx'
import { EntryBy } from './entry-by.tsx'
import { type ExchangeFactId, everyFact } from './exchange-facts.tsx'
import { fromFile } from './from-file.ts'
import { Met } from './met.tsx'
import { versionsQuery } from './queries.ts'
import { type Content, channelWords, type Exchange, leftOutWords, plannedWords, resultWords } from './words.ts'
import './exchange.css'

/** One exchange of the history; `elsewhere`: at another establishment of the company; `facts`: what one chose to read. */
const OneExchange = ({
  exchange,
  elsewhere,
  facts,
  item,
  offer,
}: {
  exchange: Exchange
  elsewhere: boolean
  facts: readonly ExchangeFactId[]
  item: ListItemProps
  /** What other rooms offer from it; always the same function, for its line not to be drawn again. */
  offer?: (exchange: Exchange) => ReactNode
}) => {
  const { occurredOn, content, status, despiteMark, imported } = exchange
  return (
    <li {...item} className={status === 'cancelled' ? 'cc-entry cc-entry--cancelled' : 'cc-entry'}>
      <h3 className="cc-entry__head" tabIndex={-1} data-row-stop="">
        {content ? (
          <Link href={`/echanges/${exchange.id}`}>{formatDay(occurredOn)}</Link>
        ) : (
          <strong>{formatDay(occurredOn)}</strong>
        )}
        <EntryBy of={exchange} elsewhere={elsewhere} />
        {content && <ResultBadge content={content} />}
        {status === 'cancelled' && <Badge tone="warning">annulé</Badge>}
        {imported && <Badge tone="neutral">Repris d’un fichier</Badge>}
        {despiteMark && <Badge tone="warning">malgré « ne pas contacter »</Badge>}
      </h3>
      <ExchangeBody exchange={exchange} facts={facts} />
      <ExchangeActs exchange={exchange} small />
      {offer?.(exchange)}
    </li>
  )
}
/** While one scrolls the list is drawn again, its lines are not. */
export const ExchangeEntry = memo(OneExchange, sameLine)

export const ResultBadge = ({ content }: { content: Content }) => {
  const { word, tone } = resultWords(content)
  return <Badge tone={tone}>{word}</Badge>
}

const uncapitalised = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/** What was said, as far as one may read it. */
export const ExchangeBody = ({
  exchange,
  facts = everyFact,
}: {
  exchange: Exchange
  facts?: readonly ExchangeFactId[]
}) => {
  const says = (fact: ExchangeFactId) => facts.includes(fact)
  const {
    content,
    nextAction,
    campaign,
    leftOut,
    answers,
    visibility,
    status,
    cancelReason,
    organisation,
    imported,
    recordedAt,
    correctedAt,
  } = exchange
  if (!content)
    return (
      <p>
        <em>Un contact a eu lieu. {organisation.name} en garde le contenu pour ses agents.</em>
      </p>
    )
  return (
    <>
      {status === 'cancelled' && <p>Annulé : {cancelReason}</p>}
      {says('besoin') && content.need && (
        <p className="cc-entry__need">
          <strong>Besoin : {content.need}</strong>
        </p>
      )}
      {says('notes') && content.notes && <p className="cc-entry__notes">{content.notes}</p>}
      {answers && <p>Répond à ce qui était prévu : {uncapitalised(plannedWords(answers))}.</p>}
      {leftOut && <p>{leftOutWords(leftOut)}</p>}
      {says('suite') && nextAction && (
        <p>
          Prévu : {plannedWords(nextAction)}, par <PersonLink person={nextAction.owner} />
          {nextAction.doneAt && ' (fait)'}
          {nextAction.late && !nextAction.doneAt && (
            <>
              {' '}
              <Badge tone="error">en retard</Badge>
            </>
          )}
        </p>
      )}
      <p className="cc-entry__meta">
        {says('canal') && <span>{channelWords[content.channel]}</span>}
        {content.resultLabel && <span>Compté comme : {resultLabels[content.result].toLowerCase()}</span>}
        {says('personne') && <Met exchange={exchange} />}
        {says('campagne') && campaign && (
          <span>
            Campagne : <Link href={`/campagnes/${campaign.id}`}>{campaign.name ?? 'sans nom'}</Link>
          </span>
        )}
        {visibility === 'organisation' && <span>Réservé {toStructure(organisation.name)}</span>}
        {imported && <span>{fromFile(imported, recordedAt)}</span>}
        {correctedAt && <span>Corrigé le {formatInstant(correctedAt)}</span>}
      </p>
    </>
  )
}

/** Only what the reply allows. On its own page, `e` corrects. */
export const ExchangeActs = ({ exchange, small = false }: { exchange: Exchange; small?: boolean }) => {
  const [doing, setDoing] = useState<'correct' | 'cancel' | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const mayCorrect = exchange.allowed.includes('correct')
  useShortcut(
    'edit',
    () => {
      if (small && !root.current?.closest('li')?.contains(document.activeElement)) return false
      setDoing('correct')
    },
    { enabled: mayCorrect },
  )
  const close = () => setDoing(null)
  const size = small ? 'small' : 'medium'
  const which = <span className="fr-sr-only"> l’échange du {formatDay(exchange.occurredOn)}</span>
  if (!exchange.allowed.length) return null
  return (
    <div ref={root}>
      <ButtonRow>
        {mayCorrect && (
          <Button
            size={size}
            priority={small ? 'tertiary' : 'secondary'}
            icon="fr-icon-edit-line"
            {...(small ? {} : { shortcut: 'e' })}
            onClick={() => setDoing('correct')}
          >
            Corriger{which}
          </Button>
        )}
        {exchange.allowed.includes('cancel') && (
          <Button size={size} priority="tertiary no outline" onClick={() => setDoing('cancel')}>
            Annuler{which}
          </Button>
        )}
      </ButtonRow>
      {doing === 'correct' && <CorrectExchange exchange={exchange} onClose={close} />}
      {doing === 'cancel' && <CancelExchange exchange={exchange} onClose={close} />}
    </div>
  )
}

const changeWords = { recorded: 'enregistré', corrected: 'corrigé', cancelled: 'annulé' } as const

/** Every wording it had, the newest first. */
export const Versions = ({ exchangeId }: { exchangeId: string }) => {
  const query = useQuery(versionsQuery(exchangeId))
  return (
    <Section title="Versions successives">
      <Loaded query={query} lines={3}>
        {({ items }) => (
          <ol className="cc-history" reversed>
            {items.map(({ version, at, by, change, content, occurredOn, visibility }) => (
              <li key={version} className="cc-entry">
                <h3 className="cc-entry__head">
                  <strong>{formatInstant(at)}</strong>{' '}
                  <span className="cc-entry__by">
                    {changeWords[change]} par <PersonLink person={by} />
                  </span>
                </h3>
                {content.need && <p>Besoin : {content.need}</p>}
                {content.notes && <p className="cc-entry__notes">{content.notes}</p>}
                <p className="cc-entry__meta">
                  <span>{channelWords[content.channel]}</span>
                  <span>{resultWords(content).word}</span>
                  <span>Échange du {formatDay(occurredOn)}</span>
                  {content.personMet && <span>Rencontré : {content.personMet}</span>}
                  <span>{visibility === 'reseau' ? 'Visible par le réseau' : 'Réservé à la structure'}</span>
                </p>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Section>
  )
}
