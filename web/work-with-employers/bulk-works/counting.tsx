import { useMutation } from '@tanstack/react-query'
import { useLayoutEffect, useRef, useState } from 'react'
import { announce, Button, ButtonRow, Notice, Refused } from '../../ui/index.ts'
import { CountedResult } from './counted-result.tsx'
import type { BulkActKind, Counted } from './words.ts'

/** What would change, counted before anything does. `said`: the words spoken of what was counted. */
export const useCounting = <Asked,>(ask: (asked: Asked) => Promise<Counted>, said: (planned: number) => string) => {
  const [missing, setMissing] = useState('')
  const [counted, setCounted] = useState<Counted | null>(null)
  const { mutate, reset, isPending, error } = useMutation({
    mutationFn: ask,
    onSuccess: done => {
      setCounted(done)
      announce(said(done.planned))
    },
  })
  /** What was counted no longer matches the request. */
  const anew = () => {
    setCounted(null)
    setMissing('')
    reset()
  }
  return {
    counted,
    missing,
    busy: isPending,
    error,
    anew,
    /** Counts what is asked, or says what is missing to it. */
    count: (asked: Asked | string) => {
      anew()
      if (typeof asked === 'string') setMissing(asked)
      else mutate(asked)
    },
  }
}

/** The button that counts, then what was counted, with the focus. */
export const Counting = ({
  act,
  counting: { counted, missing, busy, error },
  onCount,
  onStarted,
}: {
  act: BulkActKind
  counting: Omit<ReturnType<typeof useCounting>, 'count'>
  onCount: () => void
  onStarted?: () => void
}) => {
  const results = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (counted || missing) results.current?.focus()
  }, [counted, missing])
  return (
    <>
      <ButtonRow>
        <Button priority={counted ? 'secondary' : 'primary'} busy={busy} onClick={onCount}>
          {busy ? 'Décompte…' : 'Compter ce qui changerait'}
        </Button>
      </ButtonRow>
      <div ref={results} tabIndex={-1} className="cc-outcome fr-mt-3w">
        {missing && <Notice tone="error">{missing}</Notice>}
        {error && <Refused problem={error} retry={onCount} />}
        {counted && <CountedResult act={act} counted={counted} onRedo={onCount} onStarted={onStarted} />}
      </div>
    </>
  )
}
