import { Dialog, Link } from '../ui/index.ts'
import { type Shortcut, shortcuts, turnedOff } from './shortcuts.ts'

export const ShortcutList = () => {
  const off = turnedOff.use()
  return (
    <dl className="cc-keys">
      {(Object.keys(shortcuts) as Shortcut[]).map(id => (
        <div key={id}>
          <dt>
            <kbd className="cc-kbd">{shortcuts[id].keys}</kbd>
          </dt>
          <dd>
            {shortcuts[id].does}
            {off.includes(id) && <em> — désactivé</em>}
          </dd>
        </div>
      ))}
      <div>
        <dt>
          <kbd className="cc-kbd">Échap</kbd>
        </dt>
        <dd>Fermer, sans jamais perdre ce qui est saisi</dd>
      </div>
    </dl>
  )
}

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
