import { type Shortcut, setShortcut, shortcuts, turnedOff } from '../../platform/shortcuts.ts'
import { Section, Toggle } from '../../ui/index.ts'
import './identity.css'

export const Shortcuts = () => {
  const off = turnedOff.use()
  const single = (Object.keys(shortcuts) as Shortcut[]).filter(id => !shortcuts[id].keys.startsWith('Ctrl'))
  return (
    <Section title="Raccourcis du clavier" id="raccourcis">
      <p>
        Aucun n’agit pendant que vous écrivez dans un champ. Désactivez ceux qui gênent votre lecteur d’écran ou votre
        commande vocale ; ce choix vaut pour ce navigateur.
      </p>
      <ul className="cc-toggles">
        {single.map(id => (
          <li key={id}>
            <Toggle
              label={`${shortcuts[id].keys} — ${shortcuts[id].does}`}
              checked={!off.includes(id)}
              onChange={on => setShortcut(id, on)}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}
