import { useState } from 'react'
import {
  Button,
  ButtonRow,
  Dialog,
  Form,
  LeaveGuard,
  Section,
  ShortcutList,
  StickyActions,
  TextField,
  tellReader,
} from '../ui/index.ts'

const told = { mails: 2, emptyRoles: [] }

/** What stands over the page, or stays in sight. */
export const Over = () => {
  const [open, setOpen] = useState<'centre' | 'side' | null>(null)
  const close = () => setOpen(null)
  return (
    <Section title="Au-dessus de la page">
      <ButtonRow>
        <Button priority="secondary" onClick={() => setOpen('centre')}>
          Ouvrir au centre
        </Button>
        <Button priority="secondary" onClick={() => setOpen('side')}>
          Ouvrir sur le côté
        </Button>
        <Button priority="secondary" onClick={() => tellReader('C’est fait.', told)}>
          Dire ce qui est fait
        </Button>
      </ButtonRow>
      <ShortcutList />
      <StickyActions>
        <strong>2 choisis</strong>
        <Button size="small" priority="secondary">
          Agir sur eux
        </Button>
      </StickyActions>
      {open && (
        <Dialog title={open === 'centre' ? 'Au centre' : 'Sur le côté'} shape={open} onClose={close}>
          <LeaveGuard unsent={() => false} />
          <Form draft="choices" submit="Enregistrer" onSubmit={close} onCancel={close}>
            <TextField name="note" label="Note" />
          </Form>
        </Dialog>
      )}
    </Section>
  )
}
