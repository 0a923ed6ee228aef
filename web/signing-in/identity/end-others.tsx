import { endOtherSessions } from '../../../contract/signing-in/identity.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { Checkbox } from '../../ui/index.ts'

/** A person who changes a protection may fear an intruder. Ending the other sessions is then the default. */
export const EndOthers = ({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) => (
  <div className="fr-mt-2w">
    <Checkbox
      label="Fermer aussi mes autres sessions"
      hint="À chaque ajout, retrait ou changement ; celle-ci reste ouverte"
      checked={checked}
      onChange={onChange}
    />
  </div>
)

/** What was closed, in words; empty when nothing was to be. The change itself stands, whatever becomes of this. */
export const endedInWords = async (wanted: boolean): Promise<string> => {
  if (!wanted) return ''
  try {
    const { ended } = await call(endOtherSessions)
    return ended ? ` ${formatCount(ended, 'autre session a été fermée', 'autres sessions ont été fermées')}.` : ''
  } catch {
    return ' Les autres sessions n’ont pas pu être fermées : fermez-les dans « Mes sessions ouvertes ».'
  }
}
