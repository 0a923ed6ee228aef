import { obligationWords } from '../../../contract/agreement/conventions/obligations.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { Button, ButtonRow } from '../../ui/index.ts'
import type { Part } from './convention-part.ts'
import { EnteredActs, EnteredWords } from './entered.tsx'
import { type Convention, lastDay, ofParty, partyWords } from './words.ts'

type Letter = Convention['notices'][number] | Convention['breaches'][number]

const Acts = ({ kind, one, onAsk }: { kind: 'notice' | 'breach'; one: Letter; onAsk: Part['onAsk'] }) => {
  const receipt = one.allowed.includes('receive')
    ? (['receipt', 'Dire quand la lettre est arrivée'] as const)
    : one.allowed.includes('keep-receipt') && !('channel' in one && one.channel === 'courriel')
      ? (['keep-receipt', 'Déposer l’avis de réception'] as const)
      : null
  return (
    one.allowed.length > 0 && (
      <ButtonRow>
        {receipt && (
          <Button size="small" priority="secondary" onClick={() => onAsk({ act: receipt[0], kind, id: one.id })}>
            {receipt[1]}
          </Button>
        )}
        {one.allowed.includes('withdraw') && (
          <Button size="small" priority="tertiary" onClick={() => onAsk({ act: 'withdraw', kind, id: one.id })}>
            Y renoncer
          </Button>
        )}
        <EnteredActs one={one} kind={kind} onAsk={onAsk} />
      </ButtonRow>
    )
  )
}
const File = ({ convention, id, name }: { convention: Convention; id: string | null; name: string }) =>
  id && (
    <>
      {' '}
      <a href={`/api/conventions/${convention.id}/documents/${id}`} download>
        {name}
      </a>
    </>
  )
const After = ({ convention, one }: { convention: Convention; one: Letter }) => (
  <>
    <EnteredWords convention={convention} one={one} />
    {one.withdrawn && (
      <p className="fr-mb-1v">
        Retiré le {formatInstant(one.withdrawn.at)} : « {one.withdrawn.reason} »
      </p>
    )}
  </>
)
/** When it ends the convention; nothing while its sender contests it. */
const effect = (one: Letter, none: string) =>
  one.answer?.answer === 'contest' ? '' : one.endsAt ? ` Effet le ${formatDay(lastDay(one.endsAt))} à 24 heures.` : none

export const Notified = ({ convention, onAsk }: Part) => {
  if (!convention.notices.length && !convention.breaches.length) return <p>Rien : ni congé, ni manquement.</p>
  return (
    <ul className="cc-order">
      {convention.notices.map(notice => (
        <li key={notice.id}>
          <p className="fr-mb-1v">
            <strong>Congé {ofParty(notice.party, convention)}</strong>, par {notice.channel}, envoyé le{' '}
            {formatDay(notice.sentOn)},{' '}
            {notice.receivedOn ? `reçu le ${formatDay(notice.receivedOn)}` : 'réception à préciser'}.
            {effect(notice, '')}
            <File convention={convention} id={notice.documentId} name="La lettre" />
            <File convention={convention} id={notice.receiptDocumentId} name="L’avis de réception" />
          </p>
          <After convention={convention} one={notice} />
          <Acts kind="notice" one={notice} onAsk={onAsk} />
        </li>
      ))}
      {convention.breaches.map(breach => (
        <li key={breach.id}>
          <p className="fr-mb-1v">
            <strong>Manquement notifié par {partyWords(breach.party, convention)}</strong>
            {breach.clauses.length > 0 &&
              `, ${breach.clauses.map(code => obligationWords(code, breach.otherArticle)).join(' ; ')}`}{' '}
            : « {breach.obligation} ». Lettre recommandée {breach.letterReference}, envoyée le{' '}
            {formatDay(breach.sentOn)}
            {breach.presentedOn && `, présentée le ${formatDay(breach.presentedOn)}`}
            {breach.deliveredOn && `, remise le ${formatDay(breach.deliveredOn)}`}.
            {effect(breach, ' Présentation à préciser.')}
            <File convention={convention} id={breach.documentId} name="La lettre" />
            <File convention={convention} id={breach.receiptDocumentId} name="L’avis de réception" />
          </p>
          <After convention={convention} one={breach} />
          <Acts kind="breach" one={breach} onAsk={onAsk} />
        </li>
      ))}
    </ul>
  )
}
