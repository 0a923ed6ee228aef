import { Dialog, Link, ShortcutList } from '../ui/index.ts'

export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Raccourcis du clavier" onClose={onClose}>
    <p>Aucun raccourci n’agit pendant que vous écrivez dans un champ, sauf ceux avec Ctrl.</p>
    <ShortcutList />
    <p className="fr-mb-0">
      Chacun se désactive dans{' '}
      <Link href="/mon-compte#raccourcis" onClick={onClose}>
        Mon compte
      </Link>
      .
    </p>
  </Dialog>
)
