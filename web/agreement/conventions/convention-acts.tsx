import { useMutation } from '@tanstack/react-query'
import { sendConvention } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { Button, ButtonRow, Link, Refused, Section } from '../../ui/index.ts'
import type { Part } from './convention-part.ts'
import { composeDocument, keepChanged } from './queries.ts'
import type { Convention } from './words.ts'

const toSign = (convention: Convention) =>
  ['sent', 'signed-by-one'].includes(convention.state)
    ? null
    : (convention.amendments.find(
        one =>
          one.effectiveAt === null &&
          !convention.signatures.some(
            signature => signature.amendmentId === one.id && signature.party === convention.actsFor,
          ),
      ) ?? null)
export const MainAct = ({ convention, onAsk }: Part) => {
  const send = useMutation({
    mutationFn: async () => {
      const { id } = await call(composeDocument, { params: { conventionId: convention.id }, timeoutMs: 60_000 })
      await keepChanged(
        'La convention est envoyée à la signature.',
        await call(sendConvention, { params: { conventionId: convention.id }, body: { documentId: id } }),
      )
    },
  })
  const amendment = toSign(convention)
  return (
    <>
      <ButtonRow>
        {convention.allowed.includes('sign') && (
          <Button onClick={() => onAsk({ act: 'sign', ...(amendment ? { amendmentId: amendment.id } : {}) })}>
            {amendment ? `Signer l’avenant n° ${amendment.number}` : 'Signer'}
          </Button>
        )}
        {convention.allowed.includes('send') && (
          <Button busy={send.isPending} onClick={() => send.mutate()}>
            {send.isPending ? 'Le document se compose…' : 'Envoyer à la signature'}
          </Button>
        )}
        {convention.allowed.includes('edit') && (
          <Link className="fr-btn fr-btn--secondary" href={`/conventions/${convention.id}/projet`}>
            Modifier le projet
          </Link>
        )}
      </ButtonRow>
      {send.isError && <Refused problem={send.error} retry={() => send.mutate()} />}
    </>
  )
}

export const OtherActs = ({ convention, onAsk }: Part) => {
  const acts = (
    [
      ['amend', 'Proposer un avenant'],
      ['give-notice', 'Donner congé'],
      ['notify-breach', 'Notifier un manquement'],
      ['recall', 'Reprendre le projet'],
    ] as const
  ).filter(([act]) => convention.allowed.includes(act))
  return (
    <Section title="Faire évoluer la convention">
      {acts.length > 0 ? (
        <ButtonRow>
          {acts.map(([act, label]) => (
            <Button key={act} priority="secondary" onClick={() => onAsk({ act })}>
              {label}
            </Button>
          ))}
        </ButtonRow>
      ) : (
        <p className="fr-mb-0">
          {['ended', 'terminated'].includes(convention.state)
            ? 'Elle est finie : elle ne change plus. Rien n’est effacé avant la fin des durées de conservation.'
            : 'Le signataire ou le responsable opérationnel de chaque partie donne congé ; la direction régionale propose les avenants.'}
        </p>
      )}
    </Section>
  )
}
