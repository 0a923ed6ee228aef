import { ofName } from '../../../contract/names-in-french.ts'
import type { liftBlock, liftOfficerBlock } from '../../../contract/oversight/security.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { type Block, blocksChanged, long } from './blocks.tsx'

export const LiftDialog = ({
  route,
  block,
  onClose,
}: {
  route: typeof liftBlock | typeof liftOfficerBlock
  block: Block
  onClose: () => void
}) => (
  <Dialog title={`Lever le blocage ${ofName(block.person.name)}`} onClose={onClose}>
    <p>
      Notez ce que vous avez vérifié : le constat est gardé, et envoyé à la structure. Les droits reviennent aussitôt.
    </p>
    <Form
      draft={{ name: 'block-lifting', about: block.id }}
      submit="Lever le blocage"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { told } = await call(route, {
          params: { blockId: block.id },
          body: { verdict: values.verdict! },
          idempotencyKey,
        })
        await blocksChanged()
        tellReader('Le blocage est levé.', told)
        onClose()
      }}
    >
      <TextArea
        name="verdict"
        label="Constat"
        hint="Par exemple : usage confirmé par téléphone avec la personne et son RGC"
        required
        maxLength={500}
        rows={4}
        check={long}
      />
    </Form>
  </Dialog>
)
