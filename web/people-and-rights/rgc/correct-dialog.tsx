import { correctPaper } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { Button, DateField, Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { useConfirmedAcceptance } from './confirm-acceptance.tsx'
import { rgcChanged } from './queries.ts'
import type { Deed } from './words.ts'

export interface Corrected {
  readonly kind: 'deed' | 'event'
  readonly paper: { readonly id: string; readonly signedOn: string | null; readonly receivedOn: string | null }
}
export const CorrectDeed = ({ deed, onCorrect }: { deed: Deed; onCorrect: (corrected: Corrected) => void }) =>
  deed.paper &&
  deed.allowed.includes('correct') && (
    <Button
      size="small"
      priority="tertiary"
      onClick={() => onCorrect({ kind: 'deed', paper: { ...deed.paper!, id: deed.id } })}
    >
      Corriger une date
    </Button>
  )

export const CorrectPaper = ({ kind, paper, onClose }: Corrected & { onClose: () => void }) => {
  const acceptance = useConfirmedAcceptance()
  return (
    <Dialog title="Corriger une date" onClose={onClose}>
      <p>
        La structure est prévenue. L’ancienne date, la nouvelle et votre motif restent lisibles. Le délai d’un mois et
        le retard sont recomptés du jour de réception.
      </p>
      <Form
        draft={{ name: 'rgc-paper-correction', about: paper.id }}
        submit={acceptance.isAsked ? 'Confirmer cet effet' : 'Corriger'}
        explain={acceptance.explain}
        onCancel={onClose}
        onSubmit={async ({ signedOn, receivedOn, reason }, { idempotencyKey }) => {
          const { told } = await acceptance.asking(
            call(correctPaper, {
              idempotencyKey,
              body: {
                kind,
                id: paper.id,
                ...(signedOn ? { signedOn } : {}),
                ...(receivedOn ? { receivedOn } : {}),
                reason: reason!,
                ...acceptance.confirms,
              },
            }),
          )
          await rgcChanged()
          tellReader('La date est corrigée.', told)
          onClose()
        }}
      >
        <DateField
          name="signedOn"
          label="Signé le"
          required={kind === 'deed'}
          max={today()}
          {...(paper.signedOn ? { defaultValue: paper.signedOn } : {})}
        />
        <DateField
          name="receivedOn"
          label="Reçu le"
          required
          max={today()}
          {...(paper.receivedOn ? { defaultValue: paper.receivedOn } : {})}
        />
        <TextArea name="reason" label="Motif" hint="Ce qui était faux, et pourquoi." required maxLength={500} />
      </Form>
    </Dialog>
  )
}
