import { type ReactNode, useRef, useState } from 'react'
import { newKey } from '../../platform/new-key.ts'
import type { DraftedForm, Keeping } from './drafted-form.ts'
import { useKeepingPart, useStart } from './keeping-part.ts'

const nothing = () => undefined

/** Fields that a page sends itself, in several steps: what is typed in them is kept as a form keeps it. */
export const KeptFields = ({ draft, children }: { draft: DraftedForm; children: ReactNode }) => {
  const form = useRef<HTMLFormElement>(null)
  const key = useRef(newKey())
  const keeping = useRef<Keeping | null>(null)
  const [place, setPlace] = useState<HTMLElement | null>(null)
  const KeepingPart = useKeepingPart(true)
  const { start, note } = useStart(form, !KeepingPart, draft.more)
  return (
    <form
      ref={form}
      noValidate
      onSubmit={event => event.preventDefault()}
      onFocus={note}
      onInput={() => keeping.current?.typedIn()}
    >
      {KeepingPart && (
        <KeepingPart
          form={form}
          drafted={draft}
          start={start}
          sendKey={key}
          at={keeping}
          beside={place}
          lost={null}
          again={nothing}
          asAnother={nothing}
        />
      )}
      {children}
      <div ref={setPlace} />
    </form>
  )
}
