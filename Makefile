# The front door. What is built how: CMakeLists.txt and CMakePresets.json.
JOBS   := $(shell nproc 2>/dev/null || echo 2)
GROUPS := build test
CTEST  := ctest --output-on-failure --no-label-summary -j$(JOBS)

.PHONY: help deps build package test demo docs format tidy clean

help:
	@echo "make build   编译 build/release/chupin"
	@echo "make demo    做样稿并检查 draw sample artwork and check it"
	@echo "make test    全部测试 all tests: ASan and UBSan, then the whole program as released"
	@echo "make package 做 Debian 安装包 the Debian package build/package/chupin_*.deb"
	@echo "make deps    安装依赖 install the packages of packages.txt (GROUPS=\"$(GROUPS)\")"
	@echo "make docs    更新由表生成的文档 rewrite the documents that are made from the tables"
	@echo "make format  排版 clang-format · make tidy 静态检查 clang-tidy · make clean 清除 remove build/"

deps:
	@sh tools/deps.sh $(GROUPS)

build:
	@sh tools/deps.sh build
	cmake --preset release
	cmake --build --preset release -j$(JOBS)

# dpkg-shlibdeps says which libraries it needs; it belongs to build-essential.
package:
	@sh tools/deps.sh build
	cmake --preset package
	cmake --build --preset package -j$(JOBS)
	cd build/package && cpack -G DEB
	@ls -l build/package/*.deb

# The whole program and the benchmarks run as released; everything but timing runs under ASan and UBSan. Two long ones run
# in one of them: what is said word for word is the same in both (and oracle.labels checks the same files under ASan), and
# reading reports back is tested for its memory. Both runs happen whatever the first one says, and ctest's own words are
# the last that is printed.
test: deps
	cmake --preset release -DCHUPIN_TESTS=ON
	cmake --build --preset release -j$(JOBS) --target whole-program
	cmake --preset asan
	cmake --build --preset asan -j$(JOBS)
	@status=0; \
	$(CTEST) --test-dir build/release -L '^(cli|golden|corpus|bench)$$' -E '^golden.reread$$' || status=1; \
	$(CTEST) --test-dir build/asan -LE '^bench$$' -E '^golden.reports$$' || status=1; \
	exit $$status

demo: build
	@sh fixtures/demo.sh

docs: build
	sh docs/update.sh write build/release/chupin

format:
	@sh tools/deps.sh format
	git ls-files '*.c' '*.h' '*.cc' | xargs clang-format -i

tidy:
	@sh tools/deps.sh build test format
	cmake --preset dev
	git ls-files 'src/*.c' | xargs clang-tidy --quiet -p build/dev

clean:
	rm -rf build demo
