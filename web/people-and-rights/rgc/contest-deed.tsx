import { useState } from 'react'
import { contestDeed } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { Button, Dialog, Form, TextArea, tellReader } from '../../ui/index.ts'
import { rgcChanged } from './queries.ts'
import type { Deed } from './words.ts'

/** AGR-13: the structure never signed what the operator entered in its name. */
export const ContestDeed = ({ deed }: { deed: Deed }) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button priority="tertiary" onClick={() => setOpen(true)}>
        Contester cet acte
      </Button>
      {open && (
        <Dialog title="Contester un acte que l’opérateur a saisi" onClose={() => setOpen(false)}>
          <p>
            L’acte n’a plus d’effet : qui n’était désigné que par lui ne l’est plus, qui était en place avant lui le
            redevient. L’opérateur et les personnes désignées en sont prévenus.
          </p>
          <Form
            draft={{ name: 'rgc-deed-contest', about: deed.id }}
            submit="Contester"
            onCancel={() => setOpen(false)}
            onSubmit={async ({ reason }, { idempotencyKey }) => {
              const { told, nobodyLeft } = await call(contestDeed, {
                params: { deedId: deed.id },
                body: { reason: reason! },
                idempotencyKey,
              })
              await rgcChanged()
              tellReader('L’acte est contesté et sans effet, et l’opérateur prévenu.', told, nobodyLeft)
              setOpen(false)
            }}
          >
            <TextArea name="reason" label="Motif" hint="Lu par l’opérateur" required maxLength={500} />
          </Form>
        </Dialog>
      )}
    </>
  )
}
