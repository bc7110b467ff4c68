# Sourced by ./mvnw and ./demo: sets and exports JAVA_HOME to a JDK of at least the required feature version,
# or says what is missing and fails. Looks where JDKs usually are, in the order a user would expect.

boundary_required_jdk=25

# Prints the feature version (25 for 25.0.1) of the JDK in $1, or nothing if there is no JDK in it.
boundary_jdk_version() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

boundary_use_jdk() {
  version=$(boundary_jdk_version "$1")
  [ -n "$version" ] && [ "$version" -ge "$boundary_required_jdk" ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

# The home of the javac found on PATH, with links followed.
boundary_jdk_on_path() {
  javac=$(command -v javac 2>/dev/null) || return 0
  while [ -L "$javac" ]; do
    target=$(readlink "$javac")
    case $target in
      /*) javac=$target ;;
      *) javac=$(dirname "$javac")/$target ;;
    esac
  done
  (cd "$(dirname "$javac")/.." 2>/dev/null && pwd -P)
}

boundary_find_jdk() {
  asked_for=${JAVA_HOME:-}
  [ -n "$asked_for" ] && boundary_use_jdk "$asked_for" && return 0
  on_path=$(boundary_jdk_on_path)
  [ -n "$on_path" ] && boundary_use_jdk "$on_path" && return 0
  if [ -x /usr/libexec/java_home ]; then
    mac_home=$(/usr/libexec/java_home -v "$boundary_required_jdk+" 2>/dev/null) || mac_home=
    [ -n "$mac_home" ] && boundary_use_jdk "$mac_home" && return 0
  fi
  for candidate in \
    /usr/lib/jvm/*"$boundary_required_jdk"* /usr/lib/jvm/* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/"$boundary_required_jdk"* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/*jdk*; do
    boundary_use_jdk "$candidate" && return 0
  done
  {
    echo "Boundary needs a JDK $boundary_required_jdk or later to build, and found none."
    echo "  JAVA_HOME: ${asked_for:-not set}; javac on PATH: ${on_path:-none};" \
      "also looked in /usr/lib/jvm, SDKMAN, ~/.jdks, /opt and macOS' java_home."
    echo "  Install one (for example 'sdk install java 25-tem', 'apt-get install openjdk-25-jdk' or" \
      "'brew install openjdk@25'), or set JAVA_HOME to it, and run the command again."
  } >&2
  return 1
}
