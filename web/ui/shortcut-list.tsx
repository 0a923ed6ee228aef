import { type Shortcut, shortcuts, turnedOff } from '../platform/shortcuts.ts'

/** The keys of the service, with what each does. */
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
