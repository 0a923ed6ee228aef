import type { ReactNode } from 'react'
import { toast } from '../../platform/toast.ts'
import { Dialog, Form, TextArea } from '../../ui/index.ts'
import { rightsChanged } from './queries.ts'

/** A version given up, with its reason: of a text, or of annex 4. */
export const CancelVersion = ({
  about,
  title,
  children,
  cancel,
  onClose,
}: {
  about: string
  title: string
  children: ReactNode
  /** Answers what is then said and shown. */
  cancel: (reason: string, idempotencyKey: string) => Promise<string>
  onClose: () => void
}) => (
  <Dialog title={title} onClose={onClose}>
    {children}
    <Form
      draft={{ name: 'version-cancellation', about }}
      submit="Annuler la version"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const done = await cancel(values.reason!.trim(), idempotencyKey)
        await rightsChanged()
        toast(done)
        onClose()
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint="Il reste lisible à côté de la version"
        required
        maxLength={500}
        rows={3}
      />
    </Form>
  </Dialog>
)
