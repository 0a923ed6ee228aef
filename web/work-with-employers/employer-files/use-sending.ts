import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Static } from 'typebox'
import type { Reply } from '../../../contract/route.ts'
import {
  type FileRow,
  mostSentAtOnce,
  openEmployerFile,
  sendFileRows,
} from '../../../contract/work-with-employers/employer-files/employer-files.ts'
import { call } from '../../platform/api.ts'
import { useGo } from '../../platform/navigation.ts'
import { queryClient } from '../../platform/query.ts'
import { signal } from '../../platform/signal.ts'
import { toast } from '../../ui/index.ts'
import type { Field } from './columns.ts'
import { fileIs } from './queries.ts'
import type { Chosen } from './sheet.ts'

interface ToSend {
  readonly fields: readonly (Field | null)[]
  readonly visibility: 'reseau' | 'organisation'
  readonly rows: readonly Static<typeof FileRow>[]
}
const patience = 60_000
/** The file whose rows this tab is sending. */
export const sentNow = signal<string | undefined>(undefined)

/** Opens the file and sends its rows part after part; asked again after a failure, it goes on from where it stopped. */
export const useSending = ({ name, sheet, sha256, headings }: Chosen) => {
  const go = useGo()
  const [sent, setSent] = useState<number>()
  const here = useRef(true)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  const opened = useRef<{ id: string; what: ToSend }>(undefined)
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (what: ToSend) => {
      // Columns said otherwise since: it is another file.
      const same = JSON.stringify(opened.current?.what) === JSON.stringify(what)
      const begun: Reply<typeof openEmployerFile> | undefined = same
        ? undefined
        : await call(openEmployerFile, {
            body: {
              fileName: name,
              sha256,
              rows: sheet.rows.length,
              visibility: what.visibility,
              remember: { headings, fields: [...what.fields] },
            },
          })
      const id = begun?.id ?? opened.current!.id
      opened.current = { id, what }
      sentNow.set(id)
      for (let from = begun ? 0 : (sent ?? 0); from < what.rows.length; from += mostSentAtOnce) {
        setSent(from)
        const rows = what.rows.slice(from, from + mostSentAtOnce)
        fileIs(await call(sendFileRows, { params: { fileId: id }, body: { rows: [...rows] }, timeoutMs: patience }))
      }
      return id
    },
    onSettled: () => sentNow.set(undefined),
    onSuccess: id => {
      void queryClient.invalidateQueries({ queryKey: ['employer-files', 'columns'] })
      // Left meanwhile, one is not taken away from where one is.
      if (here.current) go(`/fichiers-employeurs/${id}`)
      else toast(`${name} : toutes ses lignes sont arrivées, à revoir dans « Mes travaux longs ».`)
    },
  })
  return { send: mutate, busy: isPending, error, sent: isPending || error ? sent : undefined }
}
