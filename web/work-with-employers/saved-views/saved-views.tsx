import { lazy, Suspense, useState } from 'react'
import { Button } from '../../ui/index.ts'
import type { ViewedList } from './views.ts'

const ViewsDialog = lazy(() => import('./views-dialog.tsx').then(m => ({ default: m.ViewsDialog })))

export interface Viewed {
  readonly list: ViewedList
  /** The campaign whose targets these are. */
  readonly campaignId?: string
}
/** The button that opens the views of a list: those kept, and the one shown to keep. */
export const SavedViews = (viewed: Viewed) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button priority="tertiary" size="small" icon="fr-icon-bookmark-line" onClick={() => setOpen(true)}>
        Vues
      </Button>
      {open && (
        <Suspense>
          <ViewsDialog {...viewed} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
