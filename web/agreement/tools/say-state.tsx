import { recordToolState, toolStates } from '../../../contract/agreement/tools.ts'
import type { Tool } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { toolWords } from '../../platform/words.ts'
import { Dialog, Form, RadioKeys, TextArea } from '../../ui/index.ts'
import { toolsChanged } from './queries.ts'
import { serviceWords } from './words.ts'

export const SayState = ({
  tool,
  current,
  onClose,
}: {
  tool: Tool
  current: (typeof toolStates)[number] | undefined
  onClose: () => void
}) => (
  <Dialog title={`État de ${toolWords[tool]}`} onClose={onClose}>
    <Form
      draft={{ name: 'tool-state', about: tool }}
      submit="Publier l’état"
      done="L’état du service est publié."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(recordToolState, {
          params: { tool },
          body: { state: values.state as (typeof toolStates)[number], message: (values.message ?? '').trim() },
          idempotencyKey,
        })
        await toolsChanged()
        onClose()
      }}
    >
      <RadioKeys
        name="state"
        label="État"
        required
        layout="column"
        {...(current ? { defaultValue: current } : {})}
        options={toolStates.map(value => ({ value, label: serviceWords[value] }))}
      />
      <TextArea name="message" label="Ce que les personnes liront" maxLength={500} rows={3} />
    </Form>
  </Dialog>
)
