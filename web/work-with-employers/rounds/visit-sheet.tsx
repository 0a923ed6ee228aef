import { useState } from 'react'
import { today } from '../../platform/format.ts'
import { Button } from '../../ui/index.ts'
import { SheetsDialog } from './sheets-dialog.tsx'

/** The sheet of one employer, from its card: for a visit that is in no round. */
export const VisitSheet = ({ siret }: { siret: string }) => {
  const [open, setOpen] = useState(false)
  return (
    <p className="fr-mb-0">
      <Button size="small" priority="tertiary" icon="fr-icon-download-line" onClick={() => setOpen(true)}>
        Fiche de visite
      </Button>
      {open && <SheetsDialog sirets={[siret]} day={today()} onClose={() => setOpen(false)} />}
    </p>
  )
}
