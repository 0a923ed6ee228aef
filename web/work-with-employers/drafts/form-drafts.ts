import type { ComponentProps } from 'react'
import { discardDraft, getDraft, saveDraft } from '../../../contract/work-with-employers/drafts.ts'
import { call } from '../../platform/api.ts'
import { queryClient } from '../../platform/query.ts'
import type { FormDrafts } from '../../ui/index.ts'

type Give = NonNullable<ComponentProps<typeof FormDrafts>['value']>

const listChanged = () => void queryClient.invalidateQueries({ queryKey: ['drafts'] })

/** Keeps on the server what is typed in a form, under its name. */
export const formDrafts: Give = (kind, subject, place, sendKey) => {
  const params = { kind, subject }
  return {
    read: async () => (await call(getDraft, { params, timeoutMs: 8000 })).draft,
    save: (content, seen) =>
      call(saveDraft, {
        params,
        body: { content, seen, form: place(), sendKey: sendKey() },
        timeoutMs: 15_000,
      }).finally(listChanged),
    discard: () => call(discardDraft, { params, timeoutMs: 8000 }).finally(listChanged),
  }
}
