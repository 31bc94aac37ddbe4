// Runs one program and says what it took: the small process between orus-bench and what it measures.
//
//   orus-bench-launch run|count SECONDS OUTPUT ERRORS PROGRAM [ARGUMENTS …]
//
// It exists because of how Linux counts memory: the peak of a process begins with what it was before
// exec, and that is a copy of orus-bench, or with vfork, as posix_spawn does it, orus-bench itself. A
// fork of this small process has little more than a stack. The clock starts after the fork, just
// before exec.
//
// The program's standard output and error go to the two files, its standard input is empty. It is
// killed after SECONDS. On standard output comes one line of numbers:
//
//   EXIT SIGNAL TIMED-OUT WALL-NS USER-US SYSTEM-US PEAK-KB MINOR-FAULTS MAJOR-FAULTS YIELDS PREEMPTIONS
//
// With `count`, a line with the process's number comes first, and the program stands still before its
// first instruction until somebody, who by then has attached counters to it, sends SIGCONT.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int fail(const char *what) {
  fprintf(stderr, "orus-bench-launch: %s: %s\n", what, strerror(errno));
  return 1;
}

// Only interrupts wait4.
static void on_alarm(int signal) { (void)signal; }

static long long nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long long microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

// In the child: never returns. Leaves the time of its start for the parent.
static void become(char **program, const int files[3], int stands_still, long long *start) {
  // The program does not outlive a launcher that was killed.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (int i = 0; i < 3; i++) dup2(files[i], i);
  if (stands_still) raise(SIGSTOP);
  *start = nanoseconds();
  execv(program[0], program);
  _exit(127);
}

int main(int count, char **arguments) {
  if (count < 6) {
    fprintf(stderr, "usage: orus-bench-launch run|count SECONDS OUTPUT ERRORS PROGRAM [ARGUMENTS ...]\n");
    return 64;
  }
  int stands_still = strcmp(arguments[1], "count") == 0;
  char **program = arguments + 5;
  int files[3] = {
    open("/dev/null", O_RDONLY | O_CLOEXEC),
    open(arguments[3], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600),
    open(arguments[4], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600),
  };
  if (files[0] < 0 || files[1] < 0 || files[2] < 0) return fail("cannot open a file for the program's output");

  // Threads that start processes may have blocked signals; the alarm has to arrive, and programs expect none blocked.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGINT, SIG_DFL);
  struct sigaction action = {.sa_handler = on_alarm};
  sigaction(SIGALRM, &action, NULL);

  long long *start = mmap(NULL, sizeof *start, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) return fail("cannot share a page");
  pid_t process = fork();
  if (process == 0) become(program, files, stands_still, start);
  if (process < 0) return fail("cannot start a process");

  if (stands_still) {
    int stopped;
    waitpid(process, &stopped, WUNTRACED);
    printf("%d\n", process);
    fflush(stdout);
  }

  alarm((unsigned)atoi(arguments[2]));
  int status, timed_out = 0;
  struct rusage usage;
  while (wait4(process, &status, 0, &usage) < 0) {
    if (errno != EINTR) return fail("cannot wait for the program");
    timed_out = 1;
    kill(process, SIGKILL);
  }
  long long wall = nanoseconds() - *start;

  printf("%d %d %d %lld %lld %lld %ld %ld %ld %ld %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1,
         WIFSIGNALED(status) ? WTERMSIG(status) : 0, timed_out, wall, microseconds(usage.ru_utime),
         microseconds(usage.ru_stime), usage.ru_maxrss, usage.ru_minflt, usage.ru_majflt, usage.ru_nvcsw,
         usage.ru_nivcsw);
  return 0;
}
