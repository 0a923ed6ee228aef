import { formatDay, formatInstant } from '../../platform/format.ts'
import { Button, ButtonRow } from '../../ui/index.ts'
import type { Part } from './convention-part.ts'
import { lastDay, type Party, partyWords } from './words.ts'

export const Notified = ({ convention, onAsk }: Part) => {
  const open = !['ended', 'terminated'].includes(convention.state) && convention.actsFor !== null
  const acts = (
    kind: 'notice' | 'breach',
    one: { id: string; party: Party; endsAt: string | null; withdrawn: unknown },
  ) =>
    open &&
    !one.withdrawn && (
      <ButtonRow>
        {one.endsAt === null && (
          <Button size="small" priority="secondary" onClick={() => onAsk({ act: 'receipt', kind, id: one.id })}>
            Dire quand la lettre est arrivée
          </Button>
        )}
        {one.party === convention.actsFor && convention.allowed.includes('withdraw') && (
          <Button size="small" priority="tertiary" onClick={() => onAsk({ act: 'withdraw', kind, id: one.id })}>
            Y renoncer
          </Button>
        )}
      </ButtonRow>
    )
  const letter = (id: string | null) =>
    id && (
      <>
        {' '}
        <a href={`/api/conventions/${convention.id}/documents/${id}`} download>
          La lettre
        </a>
      </>
    )
  if (!convention.notices.length && !convention.breaches.length) return <p>Rien : ni congé, ni manquement.</p>
  return (
    <ul className="cc-order">
      {convention.notices.map(notice => (
        <li key={notice.id}>
          <p className="fr-mb-1v">
            <strong>Congé de {partyWords(notice.party, convention)}</strong>, par {notice.channel}, envoyé le{' '}
            {formatDay(notice.sentOn)},{' '}
            {notice.receivedOn ? `reçu le ${formatDay(notice.receivedOn)}` : 'réception à préciser'}.
            {notice.endsAt && ` Effet le ${formatDay(lastDay(notice.endsAt))} à 24 heures.`}
            {letter(notice.documentId)}
          </p>
          {notice.withdrawn && (
            <p className="fr-mb-1v">
              Retiré le {formatInstant(notice.withdrawn.at)} : « {notice.withdrawn.reason} »
            </p>
          )}
          {acts('notice', notice)}
        </li>
      ))}
      {convention.breaches.map(breach => (
        <li key={breach.id}>
          <p className="fr-mb-1v">
            <strong>Manquement notifié par {partyWords(breach.party, convention)}</strong> : « {breach.obligation} ».
            Lettre recommandée {breach.letterReference}, envoyée le {formatDay(breach.sentOn)}
            {breach.presentedOn && `, présentée le ${formatDay(breach.presentedOn)}`}
            {breach.deliveredOn && `, remise le ${formatDay(breach.deliveredOn)}`}.
            {breach.endsAt
              ? ` Effet le ${formatDay(lastDay(breach.endsAt))} à 24 heures.`
              : ' Présentation à préciser.'}
            {letter(breach.documentId)}
          </p>
          {breach.withdrawn && (
            <p className="fr-mb-1v">
              Retiré le {formatInstant(breach.withdrawn.at)} : « {breach.withdrawn.reason} »
            </p>
          )}
          {acts('breach', breach)}
        </li>
      ))}
    </ul>
  )
}
