import { lazy, Suspense, useState } from 'react'
import type { ExportedName } from '../../contract/exported-lists.ts'
import { Button } from '../ui/index.ts'

const ExportDialog = lazy(() => import('./export-dialog.tsx').then(m => ({ default: m.ExportDialog })))

export interface Exported {
  readonly list: ExportedName
  /** What stands in the path of the list. */
  readonly params?: Record<string, string>
  /** The filter and the order of the page, as the API asks for them. */
  readonly filter?: Record<string, unknown>
}

/** The button that exports a list as it is filtered, put in order and shown, and its dialog. */
export const ExportList = ({ label = 'Exporter', ...exported }: Exported & { label?: string }) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button priority="tertiary" size="small" icon="fr-icon-download-line" onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && (
        <Suspense>
          <ExportDialog {...exported} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
