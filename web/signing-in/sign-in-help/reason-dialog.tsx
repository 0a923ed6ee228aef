import { Dialog, Form, TextArea } from '../../ui/index.ts'

export const ReasonField = () => (
  <TextArea
    name="reason"
    label="Motif"
    hint="Gardé au journal et dit à la structure. Par exemple : signataire rappelée au standard de sa structure"
    required
    maxLength={300}
    rows={3}
  />
)

/** The operator says why it helps a first person of a structure: nobody there manages accounts yet (ACC-16). */
export const ReasonDialog = ({
  title,
  submit,
  name,
  about,
  onClose,
  onSubmit,
}: {
  title: string
  submit: string
  name: string
  about: string
  onClose: () => void
  onSubmit: (reason: string) => Promise<unknown>
}) => (
  <Dialog title={title} onClose={onClose}>
    <Form
      draft={{ name: 'first-person-reason', about }}
      submit={submit}
      onCancel={onClose}
      onSubmit={async ({ reason }) => {
        await onSubmit(reason!.trim())
        onClose()
      }}
    >
      <p>
        Appelez d’abord <strong>{name}</strong>, à un numéro que vous connaissez ou par le standard de sa structure :
        assurez-vous, de vive voix, que c’est bien cette personne.
      </p>
      <ReasonField />
    </Form>
  </Dialog>
)
