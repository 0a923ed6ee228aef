import { type RefObject, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useResend } from '../../platform/resend.ts'
import { Button } from '../button.tsx'
import { DraftState } from './draft-words.tsx'
import type { DraftedForm, Keeping, Sending } from './drafted-form.ts'
import { FormDraftNotice, useFormDraft } from './form-draft.tsx'
import type { FormValues } from './form-values.ts'
import { LeaveGuard } from './leave-guard.tsx'

interface Props {
  form: RefObject<HTMLFormElement | null>
  drafted: DraftedForm | undefined
  /** What the form showed at first. */
  start: RefObject<FormValues>
  /** The key under which the form is sent. */
  sendKey: RefObject<string>
  /** Filled for the form. */
  at: RefObject<Keeping | null>
  /** Beside the buttons. */
  beside: HTMLElement | null
  /** Sent, and nobody knows whether it was written. */
  lost: Sending | null
  again: (lost: Sending) => void
  /** Sends what the form shows as another intention. */
  asAnother: () => void
}

const everyAnswer = (form: HTMLFormElement | null) => JSON.stringify(form ? [...new FormData(form)] : [])

/**
 * Keeps a form, once it is loaded: its draft as one types, and what was sent when its answer was lost, sent again as it
 * was, under the same key.
 */
export const FormKeeping = ({ form, drafted, start, sendKey, at, beside, lost, again, asAnother }: Props) => {
  const draft = useFormDraft(form, drafted, start, sendKey)
  const sending = useRef(false)
  const sent = useRef('')
  at.current = {
    typedIn: () => draft?.typedIn(),
    before: async () => {
      await draft?.before()
      sending.current = true
      sent.current = everyAnswer(form.current)
    },
    failed: () => {
      sending.current = false
      draft?.failed()
    },
    sent: () => {
      sending.current = false
      draft?.sent()
    },
    explain: (problem, waiting) => {
      if (waiting) return <SentLater reworded={waiting.reworded === true} />
      return problem.code === 'request/idempotency-key-reused' ? <AlreadyRecorded asAnother={asAnother} /> : undefined
    },
  }
  useEffect(() => {
    return () => {
      at.current = null
    }
  }, [at])
  const reworded = () => lost?.reworded || everyAnswer(form.current) !== sent.current
  useResend(lost !== null, () => {
    if (lost && !sending.current && draft?.keeping.kind !== 'elsewhere' && !reworded()) again(lost)
  })
  const unkept = () =>
    !sending.current && (lost !== null || (!!draft && ['away', 'refused', 'elsewhere'].includes(draft.keeping.kind)))
  return (
    <>
      {!drafted?.handle && <LeaveGuard unsent={unkept} />}
      {draft && <FormDraftNotice draft={draft} />}
      {draft && beside && createPortal(<DraftState keeping={draft.keeping} />, beside)}
    </>
  )
}

const SentLater = ({ reworded }: { reworded: boolean }) => (
  <p>
    {reworded
      ? 'Vous avez modifié votre saisie depuis l’envoi : elle attend que vous l’envoyiez de nouveau.'
      : 'Votre saisie reste ici. Elle sera envoyée d’elle-même au retour du réseau, et enregistrée une seule fois.'}
  </p>
)

const AlreadyRecorded = ({ asAnother }: { asAnother: () => void }) => (
  <>
    <p>
      Votre premier envoi a été reçu : il est enregistré tel quel. Ce que vous avez changé depuis ne l’est pas. Fermez
      cette saisie pour relire ce qui est enregistré, et le corriger s’il le faut.
    </p>
    <Button size="small" priority="tertiary" onClick={asAnother}>
      Envoyer en plus
    </Button>
  </>
)
