import { useCallback, useEffect, useRef, useState } from 'react'
import { discardDraft, getDraft, saveDraft } from '../../../contract/work-with-employers/drafts.ts'
import { call } from '../../platform/api.ts'
import { type Draft, draftKeeper, type Keeping } from '../../platform/draft-keeper.ts'
import { queryClient } from '../../platform/query.ts'
import { announce } from '../../ui/index.ts'
import { contentOf, type Entry, entryOf } from './draft-values.ts'
import type { Values } from './values.ts'

/** Versions that do not stand in the form: kept in the page as long as it is open. */
export interface Aside {
  readonly entry: Entry
  readonly why: 'other-version' | 'erased'
}

/**
 * What is typed of an exchange, kept on the server as one types and found again when the form opens. Nothing is kept on
 * the device.
 */
export const useExchangeDraft = (siret: string, start: Values, entry: Entry, setEntry: (entry: Entry) => void) => {
  const [keeping, setKeeping] = useState<Keeping>({ kind: 'none' })
  const [found, setFound] = useState<Draft | null>(null)
  const [aside, setAside] = useState<Aside | null>(null)
  const latest = useRef(entry)
  latest.current = entry
  const [keeper] = useState(() => {
    const params = { kind: 'exchange', subject: siret } as const
    return draftKeeper(
      {
        read: async () => (await call(getDraft, { params, timeoutMs: 8000 })).draft,
        save: (content, seen) => call(saveDraft, { params, body: { content, seen }, timeoutMs: 8000 }),
        discard: () => call(discardDraft, { params, timeoutMs: 8000 }),
      },
      setKeeping,
    )
  })
  /** The words of a draft come into the form. */
  const take = useCallback(
    (draft: Draft) => {
      const taken = entryOf(draft.content, start)
      setEntry(taken)
      keeper.settle(draft, contentOf(taken, start))
    },
    [keeper, setEntry, start],
  )

  useEffect(() => {
    let gone = false
    void keeper.open().then(draft => {
      if (gone || !draft) return
      take(draft)
      setFound(draft)
    })
    addEventListener('online', keeper.hurry)
    return () => {
      gone = true
      removeEventListener('online', keeper.hurry)
      keeper.close()
      void queryClient.invalidateQueries({ queryKey: ['drafts'] })
    }
  }, [keeper, take])
  useEffect(() => keeper.want(contentOf(entry, start)), [keeper, entry, start])
  useEffect(() => {
    if (keeping.kind === 'away')
      announce('Le réseau ne répond pas : votre saisie reste ici, son brouillon sera enregistré au retour du réseau.')
  }, [keeping.kind])

  return {
    keeper,
    keeping,
    found,
    aside,
    takeOther: (draft: Draft) => {
      setAside({ entry: latest.current, why: 'other-version' })
      take(draft)
    },
    keepMine: (draft: Draft) => {
      setAside({ entry: entryOf(draft.content, start), why: 'other-version' })
      keeper.settle(draft, null)
    },
    takeAside: () => {
      if (!aside) return
      setAside(aside.why === 'erased' ? null : { ...aside, entry: latest.current })
      setEntry(aside.entry)
    },
    erase: async () => {
      const erased = latest.current
      await keeper.discard()
      setFound(null)
      setAside({ entry: erased, why: 'erased' })
      setEntry({ values: start, chosen: undefined, answers: undefined })
      announce('Brouillon effacé.')
    },
  }
}
export type ExchangeDraft = ReturnType<typeof useExchangeDraft>
