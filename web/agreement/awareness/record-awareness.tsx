import { type listAwareness, recordAwareness } from '../../../contract/agreement/awareness.ts'
import { ofName } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form } from '../../ui/index.ts'
import { rightsChanged } from '../texts/queries.ts'
import { WhatFields, whatOf } from './what-fields.tsx'

export type Line = Reply<typeof listAwareness>['items'][number]

export const Record = ({ line: { person }, onClose }: { line: Line; onClose: () => void }) => (
  <Dialog title={`Sensibilisation ${ofName(person.name)}`} onClose={onClose}>
    <Form
      draft={{ name: 'awareness', about: person.id }}
      submit="Noter"
      done={`La sensibilisation ${ofName(person.name)} est notée.`}
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(recordAwareness, { body: { accountId: person.id, ...whatOf(values) }, idempotencyKey })
        await rightsChanged()
        onClose()
      }}
    >
      <WhatFields />
    </Form>
  </Dialog>
)
